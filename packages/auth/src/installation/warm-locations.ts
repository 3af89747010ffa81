import type { Principal } from "@ghlkit/core";
import { inParallel } from "../token/in-parallel.ts";
import type { InstallationParts } from "./installation-parts.ts";

/** Options of minting location tokens ahead. */
export interface WarmOptions {
  /**
   * Tokens asked for at a time.
   * @default 4; the rate limit among the layers of `oauth()` paces them
   */
  readonly concurrency?: number;
  /** Ends the run before the next location. */
  readonly signal?: AbortSignal;
}

/** What minting location tokens ahead did. */
export interface WarmReport {
  /** Locations with a live token. */
  readonly warm: number;
  readonly failed: number;
  /** The first hundred failures. */
  readonly failures: readonly { readonly principal: Principal; readonly error: unknown }[];
}

/** Mints the tokens of a company's locations before they are needed, in the `bulk` lane. */
export async function warmLocations(parts: InstallationParts, companyId: string, options: WarmOptions): Promise<WarmReport> {
  const { concurrency = 4, signal } = options;
  let warm = 0;
  let failed = 0;
  const failures: { principal: Principal; error: unknown }[] = [];
  const active = parts.store.list({ app: parts.app.clientId, kind: "location", companyId, state: "active" });
  await inParallel(active, { concurrency, signal }, async ({ principal }) => {
    try {
      await parts.tokens.liveToken(principal, { priority: "bulk" });
      warm += 1;
    } catch (error) {
      failed += 1;
      if (failures.length < 100) failures.push({ principal, error });
    }
  });
  return { warm, failed, failures };
}
