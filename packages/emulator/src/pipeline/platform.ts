import type { TokenRegistry } from "../auth/token-registry.ts";
import type { ContractSource } from "../contract/contract-source.ts";
import type { ResolvedOptions } from "../emulator-options.ts";
import type { FaultList } from "../faults/fault-list.ts";
import type { RateLimiter } from "../rate/rate-limiter.ts";
import type { RouteTable } from "../routing/route.ts";
import type { ChangeLog } from "../state/change-log.ts";
import type { World } from "../world.ts";

/** The parts that the stages work with. `world` changes with a reset. */
export interface Platform {
  readonly options: ResolvedOptions;
  readonly contract: ContractSource;
  readonly routes: RouteTable;
  readonly tokens: TokenRegistry;
  readonly limiter: RateLimiter;
  readonly faults: FaultList;
  readonly changes: ChangeLog;
  world: World;
}
