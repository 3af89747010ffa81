import type { Report } from "../report.ts";
import { readJson } from "../fields/locations-from.ts";
import { UsageError } from "../usage-error.ts";
import { codeNeeds } from "./code-needs.ts";
import { compareGrant, scopesOf } from "./compare-grant.ts";
import { grantedScopes, type GrantedOptions } from "./granted-scopes.ts";
import { scopesText } from "./scopes-text.ts";

/** Options of `ghlkit scopes`. */
export interface ScopesOptions extends GrantedOptions {
  readonly source: readonly string[];
  readonly needs?: readonly string[];
  readonly ignore?: readonly string[];
  /** JSON file of the operations that were called: a list of ids, or an object by id such as `spentBy` of the limiter. */
  readonly usage?: string;
}

/** Compares the scopes that code needs with those that are granted. Not ok when one is missing. @throws UsageError */
export async function compareScopes(options: ScopesOptions): Promise<Report> {
  const used = options.usage === undefined ? [] : await usedOperations(options.usage);
  const needs = await codeNeeds({ ...options, needs: [...(options.needs ?? []), ...used] });
  const comparisons = (await grantedScopes(options)).map((granted) => compareGrant(needs, granted));
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

async function usedOperations(path: string): Promise<readonly string[]> {
  const parsed = await readJson(path);
  if (typeof parsed !== "object" || parsed === null)
    throw new UsageError(`${path} must be a JSON list of operation ids, or an object by operation id.`);
  return (Array.isArray(parsed) ? parsed.map(String) : Object.keys(parsed)).filter((name) => name !== "other");
}
