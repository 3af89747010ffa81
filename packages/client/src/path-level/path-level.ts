import type { HttpMethod, Operation } from "@ghlkit/contract";
import { answerJson, answerText, classify, isGhlError, wireRequest, answerOf, type GhlError } from "@ghlkit/core";
import createFetchClient from "openapi-fetch";
import type { CallOptions } from "../call/call-types.ts";
import { contextOf } from "../call/execute.ts";
import type { Pipeline } from "../pipeline.ts";
import { checkHeaders } from "../request/check-headers.ts";
import { parsePathTemplate } from "../request/path-template.ts";
import { queryString } from "../request/query-string.ts";
import { encodeBody } from "../request/wire-body.ts";

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
export function pathLevel(pipeline: Pipeline, lookup: RouteLookup): Readonly<Record<HttpMethod, PathMethod>> {
  const client = createFetchClient<Record<string, never>>({ baseUrl: pipeline.baseUrl });
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
  return Object.fromEntries(methods.map((method) => [method, (path: string, init?: Init) => call(method, path, init)])) as Record<
    HttpMethod,
    PathMethod
  >;

  async function call(method: HttpMethod, path: string, init: Init = {}): Promise<PathResult<unknown>> {
    let response: Response | undefined;
    try {
      const operation = lookup(method, path);
      const id = operation?.id ?? `${method} ${path}`;
      checkHeaders(id, init.headers);
      parsePathTemplate(path).fill(id, init.params?.path ?? {});
      const context = contextOf(pipeline, operation, undefined, init, id);
      const encoded = init.body === undefined ? undefined : encodeBody(id, operation?.body ?? "json", init.body);
      const headers: Record<string, string> = { accept: "application/json" };
      if (typeof operation?.version === "string") headers["version"] = operation.version;
      if (encoded?.contentType !== undefined) headers["content-type"] = encoded.contentType;
      await client.request(
        method.toLowerCase() as "get",
        path as never,
        {
          params: init.params,
          body: encoded?.body,
          bodySerializer: (body: unknown) => body,
          querySerializer: (query: Readonly<Record<string, unknown>>) => queryString(id, query, operation?.comma ?? []).slice(1),
          parseAs: "stream",
          headers: { ...headers, ...init.headers },
          fetch: async (request: Request) => (response = await pipeline.send(await wireRequest(request), context)),
        } as never,
      );
      return await outcome(response as unknown as Response, context);
    } catch (error) {
      if (!isGhlError(error)) throw error;
      return response === undefined ? { error } : { error, response };
    }
  }
}

async function outcome(response: Response, context: ReturnType<typeof contextOf>): Promise<PathResult<unknown>> {
  if (!response.ok) {
    const error = classify(response, await answerText(response), context, answerOf(response)?.attempt);
    return { error, response };
  }
  const kind = context.operation?.answer ?? "json";
  const data = kind === "json" ? await answerJson(response, context) : kind === "text" ? await answerText(response) : await response.blob();
  return { data, response };
}
