import type { Operation } from "@ghlkit/contract";
import type { BoundResource, WireRequest } from "@ghlkit/core";
import { checkedHeaders } from "./check-headers.ts";
import { parsePathTemplate } from "./path-template.ts";
import { queryString } from "./query-string.ts";
import { fillTenants } from "./tenant.ts";
import { encodeBody } from "./wire-body.ts";

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
  const { id, method, version, comma, body: kind } = operation;
  const template = parsePathTemplate(operation.path);
  const fixed: Readonly<Record<string, string>> = { accept: "application/json", ...(version === null ? {} : { version }) };
  return (baseUrl, given = {}, bound, extra) => {
    const input = bound === undefined ? given : fillTenants(operation, given, bound);
    const query: Record<string, unknown> = { ...input };
    for (const name of template.names) delete query[name];
    if (kind !== null) delete query["body"];
    const headers: Record<string, string> = { ...fixed };
    let body: WireRequest["body"];
    if (kind !== null && input["body"] !== undefined) {
      const encoded = encodeBody(id, kind, input["body"]);
      body = encoded.body;
      if (encoded.contentType !== undefined) headers["content-type"] = encoded.contentType;
    }
    if (extra !== undefined) Object.assign(headers, checkedHeaders(id, extra));
    return { method, url: baseUrl + template.fill(id, input) + queryString(id, query, comma), headers, body };
  };
}
