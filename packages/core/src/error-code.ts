import type { TokenKind } from "@ghlkit/contract";

/** One complaint of a 422. `field` is the offending path, or empty where the platform names none. */
export interface InvalidField {
  readonly field: string;
  readonly message: string;
}

/**
 * Why a store could not do its work. `busy`, `full` and `unavailable` pass by themselves or with room and network;
 * `corrupt`, `read_only`, `newer_schema` and `closed` do not.
 */
export type StorageProblem = "corrupt" | "newer_schema" | "read_only" | "full" | "busy" | "unavailable" | "closed" | "other";

/** What each error code carries beside the common fields of {@link GhlErrorBase}. */
export interface ErrorDetails {
  /** The access token is expired or unreadable: refresh it. */
  token_expired: Http;
  /** The token or grant is dead: reconnect, or make a new private token. */
  token_revoked: Http;
  /** The operation does not accept this kind of token. `needs` lists the kinds it accepts. */
  token_kind: { readonly needs: readonly TokenKind[]; readonly status?: number };
  /** A scope is missing. `need` lists what the contract states; empty where it states none. Refreshing does not help. */
  scope_missing: Http & { readonly need: readonly string[] };
  /** The token may not touch that location or record. `expected` is the resource the token belongs to, where known. */
  resource_forbidden: Http & { readonly expected: string | undefined };
  /** The location is paused, unpaid or its agency inactive. */
  resource_inactive: Http;
  /** The platform does not serve this route (any more), or not under this `Version`. */
  route_unavailable: Http;
  /** The `Version` header was missing or not accepted. */
  version_rejected: Http;
  /** Refused before sending. */
  invalid_request: Record<never, never>;
  bad_request: Http;
  validation: Http & { readonly fields: readonly InvalidField[] };
  /** The record exists already: a contact, an opportunity, a conversation, a relation … */
  duplicate: Http & { readonly existingId: string | undefined; readonly matchingField: string | undefined };
  /** The contact has opted out of the channel: `dnd` is set for it, or the person unsubscribed. `channel` is `sms`, `email` …, where known. */
  opted_out: Http & { readonly reason: "dnd" | "unsubscribed"; readonly channel: string | undefined };
  /** The appointment's slot is not free any more. */
  slot_taken: Http;
  not_found: Http;
  conflict: Http;
  /** The upload was too large or of a kind the platform refuses (413, 415). */
  payload_rejected: Http;
  /** Too many calls within the window. `retryAfterMs` is `undefined` where the platform did not say. */
  rate_burst: { readonly retryAfterMs: number | undefined; readonly status?: number };
  /** The day's quota is used up. `resetsAt` is in ms since epoch, where known. */
  rate_daily: { readonly resetsAt: number | undefined; readonly status?: number };
  /** The local queue is full or the wait would be too long. Nothing was sent. */
  queue_full: { readonly depth: number };
  server: Http;
  /** No answer. `sent` is false when the request certainly did not reach the platform. */
  network: { readonly sent: boolean };
  /** `scope` tells whether one attempt or the whole call ran out of time. */
  timeout: { readonly timeoutMs: number; readonly scope: "attempt" | "total"; readonly sent: boolean };
  /** A write whose answer is lost: it may have happened. Look before sending it again. */
  outcome_unknown: Record<never, never>;
  /**
   * `once()`: the same write is being carried out elsewhere. Its lease ends in `leaseMs`, unless it is renewed meanwhile: call again then.
   */
  in_progress: { readonly leaseMs: number };
  /** An answer that is not what the contract promises: not JSON, or cut off. `accepted`: a write that the platform has carried out. */
  invalid_response: Http & { readonly accepted?: boolean };
  circuit_open: { readonly retryAfterMs: number };
  /** A store could not do its work. What it held is untouched. */
  storage: { readonly reason: StorageProblem };
  aborted: Record<never, never>;
  /** A layer or fetch of your own threw something else than a GhlError: it is the `cause`. */
  unexpected: Record<never, never>;
  /** Any other failure of HTTP. */
  http: Http;
}

interface Http {
  readonly status: number;
}

/** Code of a {@link GhlError}: what a program branches on. */
export type GhlErrorCode = keyof ErrorDetails;
