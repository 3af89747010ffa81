import type { TokenRegistry } from "./auth/token-registry.ts";
import type { SchedulingClock } from "./clock/emulator-clock.ts";
import type { ResolvedOptions } from "./emulator-options.ts";
import type { IdSource } from "./ids/id-source.ts";
import type { OAuthState } from "./oauth/oauth-state.ts";
import type { Seed } from "./seed/seed.ts";
import type { State } from "./state/state.ts";

/** What handlers work on. `state`, `ids` and `oauth` are replaced by a reset. */
export interface World {
  readonly state: State;
  readonly ids: IdSource;
  readonly tokens: TokenRegistry;
  readonly oauth: OAuthState;
  readonly clock: SchedulingClock;
  readonly options: ResolvedOptions;
  readonly seed: Seed;
}
