import { operationsOf } from "../operations-of.ts";
import { routeKey } from "../route-key.ts";
import type { Rule } from "../rule.ts";
import { SpecStop } from "../spec-stop.ts";

// One meaning each; `bearer` and `Location-Access` are the same in every file.
const kinds: Readonly<Record<string, string>> = {
  bearer: "location",
  "Location-Access": "location",
  "Location-Access-Only": "locationOAuth",
  "Agency-Access": "agency",
  "Agency-Access-Only": "agencyOAuth",
};

/** Scheme names become token kinds; scopes move out, since OpenAPI allows none on a bearer scheme of 3.0. */
export const tokenKinds: Rule = {
  name: "token-kinds",
  repairs: "security schemes, named by the token they take; scopes moved to `x-scopes`",
  apply({ file, document, repaired }) {
    for (const { operation, pointer } of operationsOf(document)) {
      if (operation.security === undefined) continue;
      const scopes = new Set<string>();
      const accepted = new Set<string>();
      for (const [index, alternative] of operation.security.entries()) {
        for (const [scheme, stated] of Object.entries(alternative)) {
          const kind = kinds[scheme];
          if (kind === undefined) throw new SpecStop(file, `${pointer}/security/${index}`, `unknown security scheme "${scheme}"`);
          accepted.add(kind);
          for (const scope of stated) scopes.add(scope);
        }
      }
      operation.security = [...accepted].map((kind) => ({ [kind]: [] }));
      if (operation.security.length === 0) delete operation.security;
      if (scopes.size > 0) {
        operation["x-scopes"] = [...scopes];
        operation["x-scopes-source"] = "document";
      }
      repaired(pointer);
    }
  },
};

/** Scopes that only the vendor's scopes page has. */
export const scopesBackfilled: Rule = {
  name: "scopes-backfilled",
  repairs: "operation without a scope, given the one of the vendor's scopes page",
  apply({ document, facts, repaired }) {
    for (const { operation, key, pointer } of operationsOf(document)) {
      const scopes = facts.scopes.get(routeKey(key));
      if (operation["x-scopes"] !== undefined || scopes === undefined) continue;
      operation["x-scopes"] = [...scopes];
      operation["x-scopes-source"] = "scopes-page";
      repaired(pointer, scopes.join(", "));
    }
  },
};

/** Token kinds of operations whose document forgot them. */
export const securityInferred: Rule = {
  name: "security-inferred",
  repairs: "operation without security, given the token kind of its siblings",
  apply({ document, facts, repaired }) {
    for (const { operation, key, pointer } of operationsOf(document)) {
      const tokens = facts.tokens.get(routeKey(key));
      if (operation.security !== undefined || tokens === undefined) continue;
      operation.security = tokens.map((kind) => ({ [kind]: [] }));
      operation["x-security-source"] = "inferred";
      repaired(pointer, tokens.join(", "));
    }
  },
};
