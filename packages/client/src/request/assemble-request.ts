import type { BodyKind } from "@ghlkit/contract";
import type { WireRequest } from "@ghlkit/core";
import { checkedHeaders } from "./check-headers.ts";
import { queryString, type QueryRules } from "./query-string.ts";
import { encodeBody } from "./wire-body.ts";

/** What a request is made of beside its address. */
export interface RequestParts {
  /** Operation id, or `METHOD /path`: what errors name. */
  readonly name: string;
  readonly method: string;
  /** Headers of the operation, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` for none. */
  readonly body: unknown;
  readonly bodyKind: BodyKind;
  /** Headers of the call. They win over those of the operation. */
  readonly extraHeaders: Readonly<Record<string, string>> | undefined;
}

/** Where a request goes, below the base URL. */
export interface RequestAddress extends QueryRules {
  /** Path with its parameters filled in. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
}

/**
 * Makes a request of its parts: the one place where facade, path level and `request()` do.
 * @throws GhlError `invalid_request` for a body or header that cannot be sent.
 */
export function assembleRequest(url: string, parts: RequestParts): WireRequest {
  const { name, method } = parts;
  const headers: Record<string, string> = { ...parts.headers };
  const encoded = parts.body === undefined ? undefined : encodeBody(name, parts.bodyKind, parts.body);
  if (encoded?.contentType !== undefined) headers["content-type"] = encoded.contentType;
  if (parts.extraHeaders !== undefined) Object.assign(headers, checkedHeaders(name, parts.extraHeaders));
  return Object.freeze({ method, url, headers, body: encoded?.body });
}

/** The URL of a request. @throws GhlError `invalid_request` for a query that cannot be sent. */
export function requestUrl(name: string, baseUrl: string, { path, query, ...rules }: RequestAddress): string {
  return baseUrl + path + queryString(name, query, rules);
}

/** Headers that every call of an operation has. */
export function fixedHeaders(version: string | null | undefined): Readonly<Record<string, string>> {
  return { accept: "application/json", ...(version === null || version === undefined ? {} : { version }) };
}
