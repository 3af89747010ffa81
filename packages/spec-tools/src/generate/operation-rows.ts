import type { HttpMethod, Operation, Pagination, RetryClass, TenantParameter, TokenKind } from "@ghlkit/contract";
import { bodyContent, refName, resolve, successAnswer, type OpenApiDocument, type OperationObject, type Schema } from "./document.ts";

const verbs = ["get", "post", "put", "patch", "delete"] as const;

/** One operation of a document, with its row of the operation table. */
export interface DocumentedOperation {
  readonly row: Operation;
  readonly source: OperationObject;
}

/** Reads the operations of a document in document order. */
export function readOperations(document: OpenApiDocument): readonly DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    verbs.flatMap((verb) => {
      const source = item[verb];
      return source === undefined ? [] : [{ row: rowOf(document, verb, path, source), source }];
    }),
  );
}

function rowOf(document: OpenApiDocument, verb: (typeof verbs)[number], path: string, source: OperationObject): Operation {
  const body = bodyContent(source);
  const answer = successAnswer(source);
  return {
    id: source.operationId,
    method: verb.toUpperCase() as HttpMethod,
    path,
    version: source["x-version"] ?? null,
    scopes: source["x-scopes"] ?? null,
    tokens: tokensOf(source),
    tenant: tenantsOf(document, source, body?.schema),
    retry: source["x-retry"] as RetryClass,
    pagination: paginationOf(source["x-pagination"]),
    body: body?.kind ?? null,
    comma: (source.parameters ?? []).filter((one) => one.in === "query" && one.explode === false).map((one) => one.name),
    answer: answer?.kind ?? "json",
    deprecated: source.deprecated === true,
    successor: source["x-successor"] ?? null,
  };
}

const kinds: readonly TokenKind[] = ["location", "locationOAuth", "agency", "agencyOAuth"];

function tokensOf(source: OperationObject): readonly TokenKind[] {
  const stated = new Set((source.security ?? []).flatMap((alternative) => Object.keys(alternative)));
  return kinds.filter((kind) => stated.has(kind));
}

/** Tenant parameters the table knows: each path or query parameter and top-level body property of these names. */
function tenantsOf(document: OpenApiDocument, source: OperationObject, bodySchema: Schema | undefined): readonly TenantParameter[] {
  const found: TenantParameter[] = [];
  for (const parameter of source.parameters ?? []) {
    if (!isTenant(parameter.name)) continue;
    if (parameter.name.startsWith("alt") && !isLocationAlt(source, parameter.name)) continue;
    if (parameter.in === "path" && (parameter.name === "locationId" || parameter.name === "companyId"))
      found.push({ name: parameter.name, in: "path" });
    if (parameter.in === "query") found.push({ name: parameter.name, in: "query" });
  }
  const properties = bodySchema === undefined ? {} : (resolve(document, bodySchema).properties ?? {});
  const names = Object.keys(properties).filter(isTenant);
  const alt = names.includes("altId") && names.includes("altType");
  for (const name of names) if (name.startsWith("alt") ? alt : name !== "location_id") found.push({ name, in: "body" });
  return found.toSorted((a, b) => places.indexOf(a.in) - places.indexOf(b.in) || tenantNames.indexOf(a.name) - tenantNames.indexOf(b.name));
}

const places: readonly TenantParameter["in"][] = ["path", "query", "body"];
const tenantNames: readonly string[] = [
  "locationId",
  "location_id",
  "companyId",
  "altId",
  "altType",
] satisfies readonly TenantParameter["name"][];

function isTenant(name: string): name is TenantParameter["name"] {
  return tenantNames.includes(name);
}

/** Beside `altType` it is the location; alone in a query it is when it is required, for optional ones mean other things. */
function isLocationAlt(source: OperationObject, name: string): boolean {
  if (name === "altId" && (source.parameters ?? []).some((one) => one.name === name && one.in === "query" && one.required === true))
    return true;
  const pair = name === "altId" ? "altType" : "altId";
  return (source.parameters ?? []).some((one) => one.name === pair && one.in === "query");
}

function paginationOf(stated: (Partial<Pagination> & { readonly default?: number }) | undefined): Pagination | null {
  if (stated?.style === undefined) return null;
  const { default: _, ...pagination } = stated;
  return pagination as Pagination;
}

/** Component name of a schema that is a plain reference. */
export function componentOf(schema: Schema): string | undefined {
  return schema.$ref === undefined ? undefined : refName(schema.$ref);
}
