import type { Report } from "../report.ts";
import { readJson } from "../fields/locations-from.ts";
import { UsageError } from "../usage-error.ts";
import { codeNeeds, type Need } from "./code-needs.ts";
import { grantedScopes, type Granted, type GrantedOptions } from "./granted-scopes.ts";
import { scopesText } from "./scopes-text.ts";

/** Options of `ghlkit scopes`. */
export interface ScopesOptions extends GrantedOptions {
  readonly source: readonly string[];
  readonly needs?: readonly string[];
  readonly ignore?: readonly string[];
  /** JSON file of the operations that were called: a list of ids, or an object by id such as `spentBy` of the limiter. */
  readonly usage?: string;
}

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

/** Compares the scopes that code needs with those that are granted. Not ok when one is missing. @throws UsageError */
export async function compareScopes(options: ScopesOptions): Promise<Report> {
  const used = options.usage === undefined ? [] : await usedOperations(options.usage);
  const needs = await codeNeeds({ ...options, needs: [...(options.needs ?? []), ...used] });
  const comparisons = (await grantedScopes(options)).map((granted) => compare(needs, granted));
  return {
    ok: comparisons.every(({ missing }) => missing.length === 0),
    json: { scopes: scopesOf(needs.filter(({ by }) => by !== "helper")), needs, comparisons },
    text: scopesText(needs, comparisons),
    ...(comparisons.length === 0 && {
      warning:
        "Nothing to compare with: HighLevel does not state the scopes of a private token, give them with --granted. Those of an app are read from GHL_DATABASE.",
    }),
  };
}

/** Their scopes, sorted, each once. */
export function scopesOf(needs: readonly Need[]): readonly string[] {
  return [...new Set(needs.flatMap(({ scopes }) => scopes ?? []))].toSorted();
}

/** What `oauth()` needs itself, to list a company's locations and to mint their tokens. */
const scopesOfAuth: ReadonlySet<string> = new Set(["oauth.readonly", "oauth.write"]);

/** The documents name alternatives and conjunctions alike: only what has none of its scopes certainly fails. */
function compare(needs: readonly Need[], { account, scopes: granted }: Granted): Comparison {
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

async function usedOperations(path: string): Promise<readonly string[]> {
  const parsed = await readJson(path);
  if (typeof parsed !== "object" || parsed === null)
    throw new UsageError(`${path} must be a JSON list of operation ids, or an object by operation id.`);
  return (Array.isArray(parsed) ? parsed.map(String) : Object.keys(parsed)).filter((name) => name !== "other");
}
