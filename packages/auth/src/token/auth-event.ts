import type { GhlErrorCode, Principal } from "@ghlkit/core";

/** What auth tells of the tokens and installations it looks after. Nothing secret. Every failure has its recovery. */
export type AuthEvent =
  | { readonly type: "token_refreshed" | "token_minted"; readonly principal: Principal; readonly expiresAt: number }
  /** The token endpoint could not be asked; the pair is as good as before. */
  | { readonly type: "refresh_failed"; readonly principal: Principal; readonly code: GhlErrorCode }
  | { readonly type: "refresh_recovered"; readonly principal: Principal }
  /** A new pair could not be stored: it is kept in memory, used, and written again until it is stored. */
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
