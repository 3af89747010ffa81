import type { Operation } from "@ghlkit/contract";
import type { CallEvent } from "./call-event.ts";
import type { Clock } from "./clock.ts";

/** Who a call is made for. Cache, limiter and breaker key on it; it never holds a secret. */
export interface Principal {
  /** Client id of the marketplace app; `"private"` for private integration tokens. */
  readonly app: string;
  readonly kind: "location" | "company";
  /** Id of the location or company. */
  readonly resource: string;
  /**
   * Names the credentials, and with app, kind and resource the caller: what one caller may read is no answer for another. Calls of a
   * principal without one share no answer (cache, collapsing). No secret; a hash of the token will do.
   */
  readonly credential?: string;
}

/** Lane of a call where calls have to wait. */
export type Priority = "interactive" | "webhook" | "bulk";

/** What the layers know of a call. Immutable within an attempt; a layer that changes something passes a new record on. */
export interface CallContext {
  /** Row of the operation table; `undefined` for a request outside the contract. */
  readonly operation: Operation | undefined;
  /** `METHOD /path` of a request outside the contract. */
  readonly name?: string | undefined;
  /** `undefined` when the call is made without credentials. */
  readonly principal: Principal | undefined;
  readonly priority: Priority;
  /** Ends the caller's wait. It lives here only, never in the request. */
  readonly signal: AbortSignal | undefined;
  /** Milliseconds one attempt may take, body included; 0 means no limit. */
  readonly timeoutMs: number;
  /** Point in time (ms since epoch) after which no attempt may start. */
  readonly deadline: number | undefined;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Time as the call sees it. Default: the machine's clock. */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** The caller wants what the platform says now: no answer of an earlier read, kept or under way. */
  readonly fresh?: boolean | undefined;
  /** Tells what happens inside the layers, in order, without awaiting. */
  readonly emit: (event: CallEvent) => void;
}
