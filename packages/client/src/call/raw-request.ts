import { assembleRequest, fixedHeaders, requestUrl } from "../request/assemble-request.ts";
import { checkedHeaders } from "../request/check-headers.ts";
import { checkMethod } from "../request/check-method.ts";
import { checkPath } from "../request/check-path.ts";
import type { Scope } from "../scope.ts";
import type { Call, CallOptions, WithResponse } from "./call-types.ts";
import { execute, prepareCall } from "./execute.ts";
import { FacadeCall } from "./facade-call.ts";

/** Options of a request outside the contract. */
export interface RawRequestOptions extends CallOptions {
  /** Value of the `Version` header; left out, none is sent. */
  readonly version?: string;
  /** Query parameters; lists repeat their key. */
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
  return (method, path, options = {}) => new FacadeCall(send(scope, method, path, options));
}

async function send(scope: Scope, given: string, path: string, options: RawRequestOptions): Promise<WithResponse<unknown>> {
  const method = typeof given === "string" ? given.toUpperCase() : typeof given;
  const name = `${method} ${typeof path === "string" ? path : typeof path}`;
  const call = prepareCall(scope, { operation: undefined, name }, options, (merged) => {
    checkMethod(name, method, options.body);
    checkPath(name, path);
    const { version, query = {}, body } = options;
    const headers = { ...fixedHeaders(undefined), ...(version === undefined ? {} : checkedHeaders(name, { version })) };
    const url = requestUrl(name, scope.pipeline.baseUrl, { path, query, comma: [] });
    return assembleRequest(url, { name, method, headers, body, bodyKind: "json", extraHeaders: merged?.headers });
  });
  return execute(scope, call);
}
