import type { Operation } from "@ghlkit/contract";
import type { Principal } from "./call-context.ts";
import type { Layer } from "./send.ts";

/** The resource a client was bound to: `client.location(id)` or `client.company(id)`. */
export interface BoundResource {
  readonly kind: "location" | "company";
  readonly resource: string;
}

/** How calls are authorised. `@ghlkit/auth` makes them; the client only knows this. */
export interface Credentials {
  /**
   * Chooses who a call is for, before the first layer. Pure.
   * @throws GhlError `token_kind` when no token of these credentials may call the operation.
   */
  readonly principal: (operation: Operation | undefined, bound: BoundResource | undefined) => Principal;
  /** Puts the token on the request at the moment of sending. Sits inside the limiter. */
  readonly stamp: Layer;
  /**
   * Sends a call again, once, when the platform refused its token for a cause that a new token cures. Belongs outside the
   * limiter; where it is not among a client's layers, the client puts it there.
   */
  readonly repeat?: Layer;
}
