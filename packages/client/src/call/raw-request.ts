import type { WireRequest } from "@ghlkit/core";
import { checkedHeaders } from "../request/check-headers.ts";
import { checkMethod } from "../request/check-method.ts";
import { checkPath } from "../request/check-path.ts";
import { queryString } from "../request/query-string.ts";
import { encodeBody } from "../request/wire-body.ts";
import type { Scope } from "../scope.ts";
import type { Call, CallOptions, WithResponse } from "./call-types.ts";
import { execute, prepareCall } from "./execute.ts";
import { FacadeCall } from "./facade-call.ts";

export interface RawRequestOptions extends CallOptions {
  /** Value of the `Version` header; left out, none is sent. */
  readonly version?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  /** An object or list, sent as JSON; FormData and URLSearchParams as they are. */
  readonly body?: unknown;
}

/**
 * Sends a request that the contract does not know, through the same layers. JSON comes back parsed, text as it is, anything
 * else as a Blob.
 */
export type RawRequest = (method: string, path: string, options?: RawRequestOptions) => Call<unknown>;

export function rawRequest(scope: Scope): RawRequest {
  const send = async (method: string, path: string, options: RawRequestOptions): Promise<WithResponse<unknown>> => {
    const name = `${typeof method === "string" ? method.toUpperCase() : typeof method} ${typeof path === "string" ? path : typeof path}`;
    return execute(
      scope,
      prepareCall(scope, { operation: undefined, name }, options, (merged) => build(scope.pipeline.baseUrl, name, path, options, merged)),
    );
  };
  return (method, path, options = {}) => new FacadeCall(send(method, path, options));
}

function build(baseUrl: string, name: string, path: string, options: RawRequestOptions, merged: CallOptions | undefined): WireRequest {
  const method = name.slice(0, name.indexOf(" "));
  checkMethod(name, method, options.body);
  checkPath(name, path);
  const encoded = options.body === undefined ? undefined : encodeBody(name, "json", options.body);
  const headers: Record<string, string> = { accept: "application/json" };
  if (options.version !== undefined) Object.assign(headers, checkedHeaders(name, { version: options.version }));
  if (encoded?.contentType !== undefined) headers["content-type"] = encoded.contentType;
  Object.assign(headers, checkedHeaders(name, merged?.headers));
  const url = baseUrl + path + queryString(name, options.query ?? {}, []);
  return Object.freeze({ method, url, headers, body: encoded?.body });
}
