import type { Operation } from "@ghlkit/contract";
import type { BoundResource, WireRequest } from "@ghlkit/core";
import { assembleRequest, fixedHeaders, requestUrl } from "./assemble-request.ts";
import { parsePathTemplate } from "./path-template.ts";
import { fillTenants } from "./tenant.ts";

/** Input of a facade call: path and query parameters by name, the body under `body`. */
export type Input = Readonly<Record<string, unknown>>;

/** Builds the request of one operation. */
export type RequestBuilder = (
  baseUrl: string,
  input: Input | undefined,
  bound: BoundResource | undefined,
  headers: Readonly<Record<string, string>> | undefined,
) => WireRequest;

/** Prepares an operation once, so that a call only fills values in. */
export function requestBuilder(operation: Operation): RequestBuilder {
  const { id, method, comma, body: bodyKind } = operation;
  const template = parsePathTemplate(operation.path);
  const headers = fixedHeaders(operation.version);
  const omit = [...template.names, ...template.names.map(inQuery), ...(bodyKind === null ? [] : ["body"])];
  return (baseUrl, given = {}, bound, extraHeaders) => {
    const input = bound === undefined ? given : fillTenants(operation, given, bound);
    const path = template.fill(id, input);
    return assembleRequest(requestUrl(id, baseUrl, { path, ...queryOf(template.names, input, omit), comma }), {
      name: id,
      method,
      headers,
      body: bodyKind === null ? undefined : input["body"],
      bodyKind: bodyKind ?? "json",
      extraHeaders,
    });
  };
}

/** Input name of a query parameter that is called as one of the path. */
function inQuery(name: string): string {
  return `${name}InQuery`;
}

/** Everything in the input that is neither in the path nor the body. */
function queryOf(
  inPath: readonly string[],
  input: Input,
  omit: readonly string[],
): { readonly query: Input; readonly omit: readonly string[] } {
  const twin = inPath.find((name) => input[inQuery(name)] !== undefined);
  if (twin === undefined) return { query: input, omit };
  return { query: { ...input, [twin]: input[inQuery(twin)] }, omit: omit.filter((name) => name !== twin) };
}
