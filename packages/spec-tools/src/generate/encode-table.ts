import type { Operation, Pagination, RetryClass, TokenKind } from "@ghlkit/contract";
import { mostCommon } from "./most-common.ts";

const retryCodes: Readonly<Record<RetryClass, string>> = {
  safe: "s",
  idempotent: "i",
  "idempotent-if-id": "d",
  "likely-idempotent": "l",
  "unsafe-create": "c",
  "unsafe-side-effect": "e",
};
const usualRetry: Readonly<Record<string, RetryClass>> = {
  GET: "safe",
  POST: "unsafe-create",
  PUT: "idempotent",
  PATCH: "likely-idempotent",
  DELETE: "idempotent",
};
const tokenCodes: Readonly<Record<TokenKind, string>> = { location: "l", locationOAuth: "L", agency: "a", agencyOAuth: "A" };
const methodCodes: Readonly<Record<string, string>> = { GET: "G", POST: "P", PUT: "U", PATCH: "A", DELETE: "D" };

/** Writes the operation table in the form that `packages/contract/src/decode-table.ts` reads. */
export function encodeTable(rows: readonly Operation[]): string {
  const scopes = [...new Set(rows.flatMap((row) => row.scopes ?? []))].toSorted();
  const paginations = [...new Set(rows.flatMap((row) => (row.pagination === null ? [] : [encodePagination(row.pagination)])))].toSorted();
  const services = Map.groupBy(rows, (row) => row.id.slice(0, row.id.indexOf(".")));
  const texts = [...services]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, own]) => {
      const usual = usualOf(own, scopes);
      const lines = own.map((row) => encodeRow(row, usual, scopes, paginations));
      const first = [usual.version, usual.prefix, usual.read, usual.write].join(" ");
      return `    ${service}: ${JSON.stringify([first, ...lines].join("\n"))},`;
    });
  return [
    'import type { EncodedTable } from "../../decode-table.ts";',
    "",
    "export const table: EncodedTable = {",
    `  scopes: ${JSON.stringify(scopes.join(" "))}.split(" "),`,
    `  paginations: ${JSON.stringify(paginations)},`,
    "  services: {",
    ...texts,
    "  },",
    "};",
    "",
  ].join("\n");
}

/** What most rows of a service share: stated once, with only exceptions per row. */
interface Usual {
  readonly version: string;
  readonly prefix: string;
  readonly read: string;
  readonly write: string;
}

function usualOf(rows: readonly Operation[], scopes: readonly string[]): Usual {
  const reads = rows.filter(({ method }) => method === "GET");
  const writes = rows.filter(({ method }) => method !== "GET");
  return {
    version: mostCommon(rows.map(({ version }) => version ?? "-")),
    prefix: mostCommon(rows.map(({ path }) => `/${path.split("/")[1] ?? ""}/`)),
    read: mostCommon(reads.map((row) => scopeCode(row, scopes))),
    write: mostCommon(writes.map((row) => scopeCode(row, scopes))),
  };
}

function scopeCode({ scopes: own }: Operation, scopes: readonly string[]): string {
  return own === null ? "-" : own.map((scope) => scopes.indexOf(scope).toString(36)).join(",");
}

function encodeRow(row: Operation, usual: Usual, scopes: readonly string[], paginations: readonly string[]): string {
  const flags = [
    scopeCode(row, scopes) === (row.method === "GET" ? usual.read : usual.write) ? "" : `s${scopeCode(row, scopes)}`,
    tokenFlag(row),
    (row.version ?? "-") === usual.version ? "" : `v${row.version ?? "-"}`,
    row.retry === usualRetry[row.method] ? "" : `r${retryCodes[row.retry]}`,
    bodyFlag(row),
    tenantFlag(row),
    row.comma.length === 0 ? "" : `c${row.comma.join(",")}`,
    row.pagination === null ? "" : `p${paginations.indexOf(encodePagination(row.pagination)).toString(36)}`,
    row.answer === "json" ? "" : `a${row.answer.charAt(0)}`,
    row.deprecated ? "d" : "",
    row.successor === null ? "" : `>${row.successor}`,
  ];
  const name = row.id.slice(row.id.indexOf(".") + 1);
  const path = row.path.startsWith(usual.prefix) ? row.path.slice(usual.prefix.length) : row.path;
  return [name, `${methodCodes[row.method]}${path}`, ...flags.filter((flag) => flag !== "")].join(" ");
}

function tokenFlag(row: Operation): string {
  const codes = row.tokens.map((kind) => tokenCodes[kind]).join("");
  if (codes === "l") return "";
  return codes === "" ? "t-" : `t${codes}`;
}

function bodyFlag(row: Operation): string {
  const usual = row.method === "GET" || row.method === "DELETE" ? null : "json";
  if (row.body === usual) return "";
  return row.body === null ? "b-" : `b${row.body.charAt(0)}`;
}

function tenantFlag(row: Operation): string {
  const codes = row.tenant.map(({ name, in: where }) => {
    if (where === "path" || name === "altType") return "";
    if (name === "location_id") return "s";
    const isAlone = name === "altId" && !row.tenant.some((other) => other.name === "altType" && other.in === where);
    const letter = isAlone ? "i" : name === "altId" ? "a" : name === "companyId" ? "c" : "l";
    return where === "body" ? letter.toUpperCase() : letter;
  });
  const text = codes.join("");
  return text === "" ? "" : `q${text}`;
}

function encodePagination(one: Pagination): string {
  return [
    one.style,
    one.in,
    one.size ?? "",
    one.max ?? "",
    one.cursor.join(","),
    one.next?.join(",") ?? "",
    one.base ?? "",
    one.first === undefined ? "" : JSON.stringify(one.first),
    one.items,
    one.total ?? "",
    one.asString === true ? "1" : "",
  ].join(";");
}
