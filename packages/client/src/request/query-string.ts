import { invalidRequest } from "./invalid-request.ts";

/** How query parameters travel. */
export interface QueryRules {
  /** Names whose lists are joined with commas. */
  readonly comma: readonly string[];
  /** Names among the values that travel elsewhere. */
  readonly omit?: readonly string[];
}

/**
 * Encodes query parameters: lists repeat their key, or are joined with commas where the contract says so; `undefined`
 * and `null` are left out, and what travels elsewhere (`omit`).
 * @throws GhlError `invalid_request` for objects, which no operation of the platform takes in a query, and for `NaN`.
 */
export function queryString(operation: string, values: Readonly<Record<string, unknown>>, { comma, omit = [] }: QueryRules): string {
  let query = "";
  for (const name in values) {
    const value = values[name];
    if (value === undefined || value === null || omit.includes(name)) continue;
    if (!Array.isArray(value)) query += pair(name, scalar(operation, name, value));
    else if (comma.includes(name)) query += pair(name, value.map((one) => scalar(operation, name, one)).join(","));
    else for (const one of value) query += pair(name, scalar(operation, name, one));
  }
  return query === "" ? "" : `?${query.slice(1)}`;
}

function pair(name: string, value: string): string {
  return `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
}

function scalar(operation: string, name: string, value: unknown): string {
  if (typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value)))
    return String(value);
  throw invalidRequest(operation, `query parameter ${name} must be text, a number or a boolean.`);
}
