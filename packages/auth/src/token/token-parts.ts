import type { Principal } from "@ghlkit/core";
import type { TokenStore } from "@ghlkit/storage";
import type { TokenEndpoint } from "../oauth/token-endpoint.ts";
import type { AuthEvent } from "./auth-event.ts";
import type { LivePairs } from "./live-pairs.ts";
import type { PairWriter } from "./pair-writer.ts";
import type { Patiently } from "./patience.ts";

/** What refresh and mint work with; the token manager puts it together. */
export interface TokenParts {
  readonly endpoint: TokenEndpoint;
  readonly tokens: TokenStore;
  readonly pairs: LivePairs;
  readonly writer: PairWriter;
  readonly patiently: Patiently;
  readonly emit: (event: AuthEvent) => void;
  /** This process, in intents. */
  readonly owner: string;
  /** Leaves the token endpoint alone for a while: a pair that could not be refreshed is used as it is. */
  readonly holdOff: (principal: Principal) => void;
}
