import { tableAlphabet, type Operation, type Pagination, type TenantParameter } from "@ghlkit/contract";
import { mostCommon } from "./most-common.ts";

const { methods, tokenKinds, retryClasses, usualRetry, bodyKinds, answerKinds, tenants } = tableAlphabet;

/** The letter that stands for a value. @throws TypeError for one that the alphabet does not have. */
function letterOf(letters: Readonly<Record<string, unknown>>, value: unknown): string {
  const found = Object.entries(letters).find(([, one]) => one === value);
  if (found === undefined) throw new TypeError(`The alphabet of the operation table has no letter for ${JSON.stringify(value)}.`);
  return found[0];
}

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
    retryFlag(row),
    bodyFlag(row),
    tenantFlag(row),
    row.comma.length === 0 ? "" : `c${row.comma.join(",")}`,
    row.pagination === null ? "" : `p${paginations.indexOf(encodePagination(row.pagination)).toString(36)}`,
    row.answer === "json" ? "" : `a${letterOf(answerKinds, row.answer)}`,
    row.deprecated ? "d" : "",
    row.successor === null ? "" : `>${row.successor}`,
  ];
  const name = row.id.slice(row.id.indexOf(".") + 1);
  const path = row.path.startsWith(usual.prefix) ? row.path.slice(usual.prefix.length) : row.path;
  return [name, `${letterOf(methods, row.method)}${path}`, ...flags.filter((flag) => flag !== "")].join(" ");
}

function tokenFlag(row: Operation): string {
  const codes = row.tokens.map((kind) => letterOf(tokenKinds, kind)).join("");
  if (codes === "l") return "";
  return codes === "" ? "t-" : `t${codes}`;
}

function bodyFlag(row: Operation): string {
  const usual = row.method === "GET" || row.method === "DELETE" ? null : "json";
  if (row.body === usual) return "";
  return row.body === null ? "b-" : `b${letterOf(bodyKinds, row.body)}`;
}

function retryFlag(row: Operation): string {
  const letter = letterOf(retryClasses, row.retry);
  return letter === usualRetry[letterOf(methods, row.method)] ? "" : `r${letter}`;
}

function tenantFlag(row: Operation): string {
  const left = row.tenant.filter((parameter) => parameter.in !== "path");
  let text = "";
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const [letter, group] = tenantGroup(next, left);
    for (const one of group) left.splice(left.findIndex(isSameAs(one)), 1);
    text += letter;
  }
  return text === "" ? "" : `q${text}`;
}

/** The longest group of the alphabet that begins with a parameter and is there as a whole. */
function tenantGroup(
  first: TenantParameter,
  left: readonly TenantParameter[],
): readonly [letter: string, group: readonly TenantParameter[]] {
  const groups = Object.entries(tenants).filter(
    ([, group]) => group[0] !== undefined && isSameAs(group[0])(first) && group.every((one) => left.some(isSameAs(one))),
  );
  const longest = groups.toSorted(([, one], [, other]) => other.length - one.length)[0];
  if (longest === undefined) throw new TypeError(`The alphabet of the operation table has no letter for ${JSON.stringify(first)}.`);
  return longest;
}

function isSameAs(one: TenantParameter): (other: TenantParameter) => boolean {
  return (other) => other.name === one.name && other.in === one.in;
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
