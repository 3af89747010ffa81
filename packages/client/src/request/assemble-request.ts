import type { BodyKind } from "@ghlkit/contract";
import type { WireRequest } from "@ghlkit/core";
import { checkedHeaders } from "./check-headers.ts";
import { queryString } from "./query-string.ts";
import { encodeBody } from "./wire-body.ts";

/** What a request is made of. Facade, path level and `request()` differ only in where they take it from. */
export interface RequestParts {
  /** Operation id, or `METHOD /path`: what errors name. */
  readonly name: string;
  readonly method: string;
  /** Path with its parameters filled in. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names in `query` that travel elsewhere. */
  readonly omit?: readonly string[];
  /** Query parameters whose lists are joined with commas. */
  readonly comma: readonly string[];
  /** Headers of the operation, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` for none. */
  readonly body: unknown;
  readonly bodyKind: BodyKind;
  /** Headers of the call. They win over those of the operation. */
  readonly extraHeaders: Readonly<Record<string, string>> | undefined;
}

/**
 * Makes a request of its parts.
 * @throws GhlError `invalid_request` for a query, body or header that cannot be sent.
 */
export function assembleRequest(baseUrl: string, parts: RequestParts): WireRequest {
  const { name, method } = parts;
  const headers: Record<string, string> = { ...parts.headers };
  const encoded = parts.body === undefined ? undefined : encodeBody(name, parts.bodyKind, parts.body);
  if (encoded?.contentType !== undefined) headers["content-type"] = encoded.contentType;
  if (parts.extraHeaders !== undefined) Object.assign(headers, checkedHeaders(name, parts.extraHeaders));
  const url = baseUrl + parts.path + queryString(name, parts.query, parts);
  return Object.freeze({ method, url, headers, body: encoded?.body });
}

/** Headers that every call of an operation has. */
export function fixedHeaders(version: string | null | undefined): Readonly<Record<string, string>> {
  return { accept: "application/json", ...(version === null || version === undefined ? {} : { version }) };
}
