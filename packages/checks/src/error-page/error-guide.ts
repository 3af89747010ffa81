import type { GhlErrorCode } from "@ghlkit/core";

/** What the page says of one code. */
export interface ErrorAdvice {
  /** What the program sees, and the fields of the error. */
  readonly see: string;
  readonly why: string;
  readonly act: string;
}

/** One entry per code: a code without one does not compile. */
export const errorGuide: Readonly<Record<GhlErrorCode, ErrorAdvice>> = {
  token_expired: {
    see: "A 401 `Invalid JWT` or `access token is invalid`. `status`.",
    why: "The access token has expired or is not one. With `oauth()` credentials this is cured by one refresh before you see it.",
    act: "OAuth: look at the events of `oauth({ onEvent })`. Private integration token: check that it was copied whole and belongs to this account, or rotate it in Settings → Private Integrations.",
  },
  token_revoked: {
    see: "A 401 or 400 with `Invalid Private Integration token` or `invalid grant`. `status`.",
    why: "The token or grant is dead: rotated, uninstalled, or its refresh token was used before.",
    act: "OAuth: send the user through the consent page again; the installation is in the state `needs_reconnect`. Private token: make a new one.",
  },
  token_kind: {
    see: "`needs` lists the kinds of token that the operation accepts. `status` is absent when nothing was sent.",
    why: "A location token was used where an agency token is wanted, or the reverse.",
    act: "Call it on `client.location(id)` or `client.company(id)`, whichever `needs` names.",
  },
  scope_missing: {
    see: "A 401 `The token is not authorized for this scope`. `need` lists the scopes of the operation.",
    why: "The app or private integration was made without that scope.",
    act: "Add the scope to the app and let the account consent again, or to the private integration. Refreshing does not help.",
  },
  resource_forbidden: {
    see: "A 403, or a 401 whose `platformCode` ends in `_NO_ACCESS`. `expected` is the resource the token belongs to.",
    why: "The token may not touch that location or record; for a list, `locationId` may be missing from a cursor.",
    act: "Check `locationId` and ids. A conversation provider is used with the token of the app that owns it.",
  },
  resource_inactive: {
    see: "`Location is not active`. `status`.",
    why: "The location is paused or unpaid, or its agency is.",
    act: "Nothing to fix in code: calls work again when the account is active. The same refresh token stays good.",
  },
  route_unavailable: {
    see: "A 404 `Cannot GET …`, a 401 that names the IAM service, or `API endpoint has been removed`. `status`.",
    why: "The platform does not serve this route, or not under this `Version`.",
    act: "Check method and path, case included. The reference names the successor of a removed operation.",
  },
  version_rejected: {
    see: "A 401 `version header was not found` or `is invalid`. `status`.",
    why: "The `Version` header is missing or unknown. Operations of the contract send their own.",
    act: "For `client.request()` give `version`; take it out of `headers` elsewhere.",
  },
  invalid_request: {
    see: "The message names the field. `attempts` is 0.",
    why: "The input, an option or a setting cannot be sent as it is meant. Nothing was sent.",
    act: "Correct the input. Retrying does not help.",
  },
  bad_request: {
    see: "A 400. `status`, `platformCode` where the platform gives one, and its words in the message.",
    why: "The platform refused the request for a cause that has no code of its own here.",
    act: "Read the platform's words; branch on `platformCode`, not on the text.",
  },
  validation: {
    see: "A 422 (or a 400 whose body says 422). `fields` lists path and message of each complaint.",
    why: "A field is missing, unknown, or of the wrong form.",
    act: "Correct the fields. `withDriftReport` of `@ghlkit/client/drift` reports where the contract differs from the live platform.",
  },
  duplicate: {
    see: "`existingId` is the record in the way, `matchingField` the field that matched, both where the platform says so.",
    why: "The location does not allow duplicates, and a contact, opportunity, conversation or relation like it exists.",
    act: "Use or update the existing record.",
  },
  opted_out: {
    see: "`reason` is `dnd` or `unsubscribed`, `channel` is `sms`, `email` … where known. `status`, `platformCode`.",
    why: "Do-not-disturb is set for the channel, or the person unsubscribed or answered STOP.",
    act: "Do not send the message again on this channel. It was not sent.",
  },
  slot_taken: {
    see: "A 400 `The slot you have selected is no longer available`. `status`.",
    why: "The appointment's time was booked or blocked meanwhile.",
    act: "Ask for the free slots again and offer another one.",
  },
  not_found: {
    see: "A 404, or a 400 such as `Contact with id … not found`. `status`.",
    why: "The record does not exist, was deleted, or another service does not know it yet.",
    act: "After a write of your own, wait with `until()`. `withRetry` waits for the known cases of lag by itself.",
  },
  conflict: {
    see: "A 409. `status`.",
    why: "The record is in a state that does not allow this.",
    act: "Read it again and decide.",
  },
  payload_rejected: {
    see: "A 413 or 415. `status`.",
    why: "The upload is too large or of a kind that the platform refuses.",
    act: "Send a smaller file, or another type.",
  },
  rate_burst: {
    see: "A 429. `retryAfterMs` is how long the platform asks to wait, where it does.",
    why: "More calls than the window allows (100 per 10 s per app and location), possibly by another client of the same account.",
    act: "Use `withRateLimit`, with a shared `window` where several processes call for the same account.",
  },
  rate_daily: {
    see: "`resetsAt` (ms since epoch) where known; without `status` the call was refused before it was sent.",
    why: "The day's quota (200,000 calls) is used up, or what is left is reserved for interactive calls.",
    act: 'Wait for the reset; `daily: { whenUsedUp: "wait" }` lets jobs do that. `limiter.inspect()` shows who spends it.',
  },
  queue_full: {
    see: "`depth` calls wait. `attempts` is 0.",
    why: "The queue of the limiter is full, or the wait would be longer than `maxWaitMs`. Nothing was sent.",
    act: "Send slower, or raise `maxQueue` or `maxWaitMs`.",
  },
  server: {
    see: "A 5xx, or a 4xx such as 401 `Command timed out` that only says that the platform was too slow. `status`.",
    why: "The platform or a gateway before it failed.",
    act: "Reads and idempotent writes were repeated already. For another write look whether it happened, or carry it out with `once()`.",
  },
  network: {
    see: "`sent` is false when the request certainly did not reach the platform.",
    why: "No connection, a reset, or an answer that was cut off.",
    act: "With `sent: false` any call may be made again. With `sent: true` this is a read or an idempotent write whose retries failed.",
  },
  timeout: {
    see: "`scope` is `attempt` or `total`, `timeoutMs` the bound, `sent` whether the request may have left.",
    why: "One attempt took longer than `timeoutMs`, or the whole call longer than `deadlineMs` or `totalMs`.",
    act: "Raise the bound if the operation is slow. With `sent: true` a write may have happened.",
  },
  outcome_unknown: {
    see: "No answer to a write that must not be sent twice.",
    why: "The request may have arrived; its answer was lost.",
    act: "Look whether it happened, by hand or with a `probe` of `withRetry` or `once()`, before sending it again.",
  },
  in_progress: {
    see: "`leaseMs` until the lease of the other caller ends, unless it is renewed. From `once()` alone.",
    why: "Another process or call is carrying out the same write.",
    act: "Call again after `leaseMs`: the result is kept under the key.",
  },
  invalid_response: {
    see: "`status` is a 2xx; `accepted: true` says that a write was carried out.",
    why: "The answer is not JSON, was cut off after a write was accepted, has no list where the operation has one, or hands out the same cursor twice.",
    act: "Do not repeat a write with `accepted: true`. For a list see the message: continuing would lose or repeat rows.",
  },
  circuit_open: {
    see: "`retryAfterMs` until the next probe. `attempts` does not count it.",
    why: "The host failed several times in a row for this account; calls are refused for a while. Nothing was sent.",
    act: "Try again later. Calls of the lanes `webhook` and `bulk` wait by themselves where a limiter is outside the breaker.",
  },
  storage: {
    see: "`reason`: `busy`, `full` and `unavailable` pass; `corrupt`, `read_only`, `newer_schema` and `closed` do not.",
    why: "A store could not do its work. What it held is untouched.",
    act: "`full`: make room. `newer_schema`: run the newer release. `corrupt`: restore a backup. Else look at the connection.",
  },
  aborted: {
    see: "`cause` is the reason of the signal; `attempts` is 0 when nothing was sent.",
    why: "The caller's signal fired, or the client was closed.",
    act: "Nothing, where you aborted it. With `attempts` above 0 a write may have happened.",
  },
  unexpected: {
    see: "`cause` is what was thrown.",
    why: "A layer, fetch or credentials of your own threw something else than a `GhlError`.",
    act: "Fix what `cause` names. Whether the request was sent is not known.",
  },
  http: {
    see: "`status` and the platform's words.",
    why: "An answer that fits no other code: an unexplained 401, a redirect to another host, a page of a proxy or firewall in place of JSON, a status that is not documented.",
    act: "A redirect or a page: check `baseUrl` and the proxy. Else send `traceId` to the platform's support.",
  },
};
