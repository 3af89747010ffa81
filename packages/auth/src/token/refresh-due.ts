import type { Clock, Principal } from "@ghlkit/core";
import type { TokenStore } from "@ghlkit/storage";
import { inParallel } from "./in-parallel.ts";

/** Options of a refresh of all pairs that are due. */
export interface RefreshDueOptions {
  /**
   * Pairs whose refresh token ends within this many ms.
   * @default 60 days
   */
  readonly withinMs?: number;
  /**
   * Refreshes at a time.
   * @default 4
   */
  readonly concurrency?: number;
  /** Ends the run before the next pair. */
  readonly signal?: AbortSignal;
}

/** What a refresh of all due pairs did. */
export interface RefreshDueReport {
  readonly refreshed: number;
  /** How many could not be refreshed. */
  readonly failed: number;
  /** The first hundred of them. */
  readonly failures: readonly { readonly principal: Principal; readonly error: unknown }[];
}

/** Refreshes pairs whose refresh token ends soon; the store is read page by page, so thousands need no more memory than a few. */
export async function refreshDue(
  { tokens, clock }: { readonly tokens: TokenStore; readonly clock: Clock },
  refresh: (principal: Principal) => Promise<unknown>,
  { withinMs = 60 * 86_400_000, concurrency = 4, signal }: RefreshDueOptions,
): Promise<RefreshDueReport> {
  let refreshed = 0;
  let failed = 0;
  const failures: { principal: Principal; error: unknown }[] = [];
  const due = tokens.list({ refreshExpiringBefore: clock.now() + withinMs });
  await inParallel(due, { concurrency, signal }, async ({ principal, refreshToken }) => {
    if (refreshToken === undefined) return;
    try {
      await refresh(principal);
      refreshed += 1;
    } catch (error) {
      failed += 1;
      if (failures.length < 100) failures.push({ principal, error });
    }
  });
  return { refreshed, failed, failures };
}
