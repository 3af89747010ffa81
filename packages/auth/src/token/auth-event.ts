import type { GhlErrorCode, Principal } from "@ghlkit/core";

/** What auth reports of the tokens and installations it looks after. Nothing secret. Every failure has its recovery. */
export type AuthEvent =
  | { readonly type: "token_refreshed" | "token_minted"; readonly principal: Principal; readonly expiresAt: number }
  /** The token endpoint could not be asked; the pair is as good as before. */
  | { readonly type: "refresh_failed"; readonly principal: Principal; readonly code: GhlErrorCode }
  | { readonly type: "refresh_recovered"; readonly principal: Principal }
  /**
   * The refresh token was, or may have been, used, and no new pair was stored: the process that used it stopped, or the answer was lost.
   * The access token is used on; the refresh token is tried once more at `retryAt` (ms since epoch), shortly before the access token
   * ends. Look after the process meanwhile, or have the account consent again. Its recovery is `refresh_recovered`.
   */
  | { readonly type: "refresh_stuck"; readonly principal: Principal; readonly since: number; readonly retryAt: number }
  /** A new pair could not be stored: it is kept in memory, used, and written again until it is stored; its lease is held so long. */
  | { readonly type: "token_write_failed" | "token_write_recovered"; readonly principal: Principal }
  /** The grant is dead: the person has to consent again. */
  | { readonly type: "needs_reconnect"; readonly principal: Principal; readonly reason: string }
  | { readonly type: "reconnected"; readonly principal: Principal }
  /** The location or its agency is paused; its refresh token works again afterwards. */
  | { readonly type: "suspended"; readonly principal: Principal; readonly reason: string }
  | { readonly type: "reactivated"; readonly principal: Principal }
  /** The platform's list of a company's locations was read after consent, and how many it made active; or could not be read. */
  | { readonly type: "reconciled"; readonly principal: Principal; readonly added: number }
  | { readonly type: "reconcile_failed"; readonly principal: Principal; readonly code: GhlErrorCode | "unexpected" }
  | { readonly type: "installed" | "uninstalled"; readonly principal: Principal };
