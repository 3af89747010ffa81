import type { HttpMethod, Operation, Pagination, RetryClass, TenantParameter } from "./operation.ts";
import { tableAlphabet } from "./table-alphabet.ts";

/**
 * The operation table as it is shipped: one text per service, decoded when the service is first used. The generator
 * writes it (`packages/spec-tools/src/generate/encode-table.ts`); a round trip of every row is tested there.
 */
export interface EncodedTable {
  readonly scopes: readonly string[];
  readonly paginations: readonly string[];
  /** Service → rows. The first line holds the usual values: `Version`, path prefix, scopes of reads, scopes of the rest. */
  readonly services: Readonly<Record<string, string>>;
}

/** Decodes the rows of one service; an unknown service has none. */
export function decodeService(table: EncodedTable, service: string): readonly Operation[] {
  const [first = "", ...lines] = (table.services[service] ?? "").split("\n");
  const [version = "", prefix = "", read = "", write = ""] = first.split(" ");
  return lines.map((line) => decodeRow(table, service, { version, prefix, read, write }, line));
}

interface Usual {
  readonly version: string;
  readonly prefix: string;
  readonly read: string;
  readonly write: string;
}

const { methods, tokenKinds, retryClasses, usualRetry, bodyKinds, answerKinds, tenants } = tableAlphabet;

function decodeRow(table: EncodedTable, service: string, usual: Usual, line: string): Operation {
  const [name = "", route = "", ...rest] = line.split(" ");
  const flags: Record<string, string> = {};
  for (const flag of rest) flags[flag.charAt(0)] = flag.slice(1);
  const letter = route.charAt(0);
  const path = route.charAt(1) === "/" ? route.slice(1) : usual.prefix + route.slice(1);
  const scopes = flags["s"] ?? (letter === "G" ? usual.read : usual.write);
  const version = flags["v"] ?? usual.version;
  const body = flags["b"] ?? (letter === "G" || letter === "D" ? "" : "j");
  return {
    id: `${service}.${name}`,
    method: methods[letter] as HttpMethod,
    path,
    version: version === "-" ? null : version,
    scopes: scopes === "-" ? null : scopes.split(",").map((index) => table.scopes[parseInt(index, 36)] as string),
    tokens: [...(flags["t"] ?? "l")].flatMap((code) => tokenKinds[code] ?? []),
    tenant: [...pathTenants(path), ...[...(flags["q"] ?? "")].flatMap((code) => tenants[code] ?? [])],
    retry: retryClasses[flags["r"] ?? (usualRetry[letter] as string)] as RetryClass,
    pagination: flags["p"] === undefined ? null : decodePagination(table.paginations[parseInt(flags["p"], 36)] as string),
    body: bodyKinds[body] ?? null,
    comma: flags["c"]?.split(",") ?? [],
    answer: answerKinds[flags["a"] ?? ""] ?? "json",
    deprecated: flags["d"] !== undefined,
    successor: flags[">"] ?? null,
  };
}

function pathTenants(path: string): readonly TenantParameter[] {
  const names = (["locationId", "companyId"] as const).filter((name) => path.includes(`{${name}}`));
  return names.map((name) => ({ name, in: "path" }));
}

/** `style;in;size;max;cursor,…;next,…;base;first;items;total;asString`, an empty field where there is nothing. */
function decodePagination(text: string): Pagination {
  const [style, where, size, max, cursor, next, base, first, items, total, asString] = text.split(";");
  return {
    style: style as Pagination["style"],
    in: where as Pagination["in"],
    cursor: cursor?.split(",") ?? [],
    items: items ?? "",
    ...(size && { size }),
    ...(max && { max: Number(max) }),
    ...(next && { next: next.split(",") }),
    ...(base && { base: Number(base) as 0 | 1 }),
    ...(first && { first: JSON.parse(first) as Record<string, number | string> }),
    ...(total && { total }),
    ...(asString && { asString: true }),
  };
}
