import type { Clock } from "@ghlkit/core";
import type { TokenStore } from "@ghlkit/storage";
import type { TokenEndpoint } from "../oauth/token-endpoint.ts";
import type { AuthEvent } from "./auth-event.ts";
import type { BackOff } from "./back-off.ts";
import type { DepartureChecks } from "./departure-checks.ts";
import type { IntentWatch } from "./intent-watch.ts";
import type { LivePairs } from "./live-pairs.ts";
import type { PairWriter } from "./pair-writer.ts";
import type { StuckRefreshes } from "./stuck-refreshes.ts";
import type { TokenRequest } from "./token-request.ts";

/** What refresh and mint work with; the token manager puts it together. */
export interface TokenParts {
  readonly endpoint: TokenEndpoint;
  readonly tokens: TokenStore;
  readonly pairs: LivePairs;
  readonly writer: PairWriter;
  readonly request: TokenRequest;
  readonly emit: (event: AuthEvent) => void;
  readonly clock: Clock;
  readonly leaseTtlMs: number;
  /** This process, in intents and leases. Made when first asked for: construction draws no random number. */
  readonly owner: () => string;
  readonly backOff: BackOff;
  readonly watch: IntentWatch;
  readonly stuck: StuckRefreshes;
  readonly departures: DepartureChecks | undefined;
}
