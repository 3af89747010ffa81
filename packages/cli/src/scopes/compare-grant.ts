import type { Need } from "./code-needs.ts";
import type { Granted } from "./granted-scopes.ts";

/** How a grant compares with what is needed. */
export interface Comparison {
  readonly account: string;
  /** None of their scopes is granted: these calls fail, these events do not come. */
  readonly missing: readonly Need[];
  /** Some of the scopes that their documents name are not granted, or a helper that may not be called needs them. */
  readonly doubtful: readonly Need[];
  /** Granted, and needed by nothing that was found. */
  readonly superfluous: readonly string[];
}

/** Their scopes, sorted, each once. */
export function scopesOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ scopes }) => scopes ?? []))].toSorted();
}

/** What `oauth()` needs itself, to list a company's locations and to mint their tokens. */
const scopesOfAuth: ReadonlySet<string> = new Set(["oauth.readonly", "oauth.write"]);

/** The documents name alternatives and conjunctions alike: only what has none of its scopes certainly fails. */
export function compareGrant(needs: readonly Need[], { account, scopes: granted }: Granted): Comparison {
  const stated = needs.filter(({ scopes }) => scopes !== null && scopes.length > 0);
  const has = (need: Need): number => (need.scopes ?? []).filter((scope) => granted.includes(scope)).length;
  const isWhole = (need: Need): boolean => has(need) === need.scopes?.length;
  const missing = stated.filter((need) => need.by !== "helper" && has(need) === 0);
  const needed = new Set(scopesOf(needs));
  return {
    account,
    missing,
    doubtful: stated.filter((need) => !isWhole(need) && !missing.includes(need)),
    superfluous: granted.filter((scope) => !needed.has(scope) && !scopesOfAuth.has(scope)).toSorted(),
  };
}
