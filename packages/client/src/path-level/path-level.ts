import type { HttpMethod, Operation } from "@ghlkit/contract";
import { asGhlError, wireRequest, type GhlError, type WireRequest } from "@ghlkit/core";
import createFetchClient from "openapi-fetch";
import type { CallOptions } from "../call/call-types.ts";
import { prepareCall, readCall } from "../call/execute.ts";
import { checkedHeaders } from "../request/check-headers.ts";
import { checkMethod } from "../request/check-method.ts";
import { checkPath } from "../request/check-path.ts";
import { parsePathTemplate } from "../request/path-template.ts";
import { queryString } from "../request/query-string.ts";
import { encodeBody } from "../request/wire-body.ts";
import type { Scope } from "../scope.ts";

/** Outcome of a call by path: data, or the same error the facade would throw. Never rejects for a call that went wrong. */
export type PathResult<Data> =
  | { readonly data: Data; readonly error?: undefined; readonly response: Response }
  | { readonly data?: undefined; readonly error: GhlError; readonly response?: Response };

interface Init extends CallOptions {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>>; readonly query?: Readonly<Record<string, unknown>> };
  readonly body?: unknown;
}

/** One method of the path level, untyped: the route maps give it its type. */
export type PathMethod = (path: string, init?: Init) => Promise<PathResult<unknown>>;

/** Finds the wire rules of a route. */
export type RouteLookup = (method: HttpMethod, path: string) => Operation | undefined;

/**
 * The path level: openapi-fetch builds the request, the contract adds `Version`, commas and body kinds, the pipeline
 * sends it.
 */
export function pathLevel(scope: Scope, lookup: RouteLookup): Readonly<Record<HttpMethod, PathMethod>> {
  const client = createFetchClient<Record<string, never>>({ baseUrl: scope.pipeline.baseUrl });
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
  return Object.fromEntries(methods.map((method) => [method, (path: string, init?: Init) => call(method, path, init)])) as Record<
    HttpMethod,
    PathMethod
  >;

  async function call(method: HttpMethod, path: string, init: Init = {}): Promise<PathResult<unknown>> {
    let response: Response | undefined;
    try {
      const operation = typeof path === "string" ? lookup(method, path) : undefined;
      const name = operation?.id ?? nameOf(method, path);
      let body: WireRequest["body"];
      const { context, request } = prepareCall(scope, { operation, name }, init, (merged) => {
        const encoded = init.body === undefined ? undefined : encodeBody(name, operation?.body ?? "json", init.body);
        body = encoded?.body;
        return withoutUrl(name, method, path, { init, merged, operation, contentType: encoded?.contentType });
      });
      await client.request(
        method.toLowerCase() as "get",
        path as never,
        {
          params: init.params,
          body,
          bodySerializer: (sent: unknown) => sent,
          querySerializer: (query: Readonly<Record<string, unknown>>) => queryString(name, query, operation?.comma ?? []).slice(1),
          parseAs: "stream",
          headers: request.headers,
          fetch: async (built: Request) => (response = await scope.pipeline.send(await wireRequest(built), context)),
        } as never,
      );
      const { data } = await readCall(response as unknown as Response, context);
      return { data, response: response as unknown as Response };
    } catch (thrown) {
      const error = asGhlError(thrown, { operation: nameOf(method, path) });
      return response === undefined ? { error } : { error, response };
    }
  }
}

function nameOf(method: HttpMethod, path: unknown): string {
  return `${method} ${typeof path === "string" ? path : typeof path}`;
}

interface Parts {
  readonly init: Init;
  readonly merged: CallOptions | undefined;
  readonly operation: Operation | undefined;
  readonly contentType: string | undefined;
}

/** What is checked and added before openapi-fetch fills path and query in. */
function withoutUrl(name: string, method: HttpMethod, path: string, { init, merged, operation, contentType }: Parts): WireRequest {
  checkPath(name, path);
  checkMethod(name, method, init.body);
  parsePathTemplate(path).fill(name, init.params?.path ?? {});
  queryString(name, init.params?.query ?? {}, []);
  const headers: Record<string, string> = { accept: "application/json" };
  if (typeof operation?.version === "string") headers["version"] = operation.version;
  if (contentType !== undefined) headers["content-type"] = contentType;
  return { method, url: path, headers: { ...headers, ...checkedHeaders(name, merged?.headers) }, body: undefined };
}
