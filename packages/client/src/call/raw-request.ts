import type { BoundResource } from "@ghlkit/core";
import type { Call, CallOptions } from "./call-types.ts";
import { contextOf, execute } from "./execute.ts";
import { FacadeCall } from "./facade-call.ts";
import { checkHeaders } from "../request/check-headers.ts";
import { invalidRequest } from "../request/invalid-request.ts";
import type { Pipeline } from "../pipeline.ts";
import { queryString } from "../request/query-string.ts";
import { encodeBody } from "../request/wire-body.ts";

export interface RawRequestOptions extends CallOptions {
  /** Value of the `Version` header; left out, none is sent. */
  readonly version?: string;
  readonly query?: Readonly<Record<string, unknown>>;
  /** Sent as JSON, unless it is FormData or URLSearchParams. */
  readonly body?: unknown;
}

/**
 * Sends a request that the contract does not know, through the same layers. JSON comes back parsed, text as it is, anything
 * else as a Blob.
 */
export type RawRequest = (method: string, path: string, options?: RawRequestOptions) => Call<unknown>;

export function rawRequest(pipeline: Pipeline, bound: BoundResource | undefined): RawRequest {
  const send = async (method: string, path: string, options: RawRequestOptions): ReturnType<typeof execute<unknown>> => {
    const name = `${method.toUpperCase()} ${path}`;
    checkPath(name, path);
    checkHeaders(name, options.headers);
    const encoded = options.body === undefined ? undefined : encodeBody(name, "json", options.body);
    const headers: Record<string, string> = { accept: "application/json" };
    if (options.version !== undefined) headers["version"] = options.version;
    if (encoded?.contentType !== undefined) headers["content-type"] = encoded.contentType;
    for (const [key, value] of Object.entries(options.headers ?? {})) headers[key.toLowerCase()] = value;
    const url = pipeline.baseUrl + path + queryString(name, options.query ?? {}, []);
    return execute<unknown>(
      pipeline,
      { method: method.toUpperCase(), url, headers, body: encoded?.body },
      contextOf(pipeline, undefined, bound, options, name),
    );
  };
  return (method, path, options = {}) => new FacadeCall(send(method, path, options));
}

/** Only a path of the platform's own host, without steps upwards: the token goes wherever this points. */
function checkPath(name: string, path: string): void {
  if (!path.startsWith("/") || path.startsWith("//") || /[?#\\]/.test(path)) {
    throw invalidRequest(name, 'path must start with one "/" and carry no query: put it under "query".');
  }
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
    throw invalidRequest(name, "path must not contain . or .. segments.");
}
