import type { HttpMethod, Operation } from "@ghlkit/contract";
import { asGhlError, readAnswer, type GhlError, type ReadResponse, type WireRequest } from "@ghlkit/core";
import createFetchClient from "openapi-fetch";
import type { CallOptions } from "../call/call-types.ts";
import { prepareCall, resultOf, type CallTarget } from "../call/execute.ts";
import { assembleRequest, fixedHeaders } from "../request/assemble-request.ts";
import { checkMethod } from "../request/check-method.ts";
import { checkPath } from "../request/check-path.ts";
import { parsePathTemplate } from "../request/path-template.ts";
import { queryString } from "../request/query-string.ts";
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

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * The path level: openapi-fetch makes the address of a call and runs it, the contract adds `Version`, commas and body kinds, the pipeline
 * sends it.
 */
export function pathLevel(scope: Scope, lookup: RouteLookup): Readonly<Record<HttpMethod, PathMethod>> {
  const client = createFetchClient<Record<string, never>>({ baseUrl: scope.pipeline.baseUrl, Request: Address as never });
  const entries = methods.map((method) => [method, pathMethod(client, scope, lookup, method)] as const);
  return Object.fromEntries(entries) as Record<HttpMethod, PathMethod>;
}

/** Stands for the Request that openapi-fetch makes, of which only the address is needed. */
class Address {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }
}

type FetchClient = ReturnType<typeof createFetchClient<Record<string, never>>>;

function pathMethod(client: FetchClient, scope: Scope, lookup: RouteLookup, method: HttpMethod): PathMethod {
  return async (path, init = {}) => {
    const route = `${method} ${typeof path === "string" ? path : typeof path}`;
    let answer: ReadResponse | undefined;
    try {
      const operation = typeof path === "string" ? lookup(method, path) : undefined;
      const target = { operation, name: operation?.id ?? route };
      const { context, request } = prepareCall(scope, target, init, (merged) => withoutUrl({ ...target, method, path, init, merged }));
      const send = async ({ url }: Address): Promise<Response> => {
        answer = await readAnswer(await scope.pipeline.send(Object.freeze({ ...request, url }), context), context);
        return noContent();
      };
      await client.request(method.toLowerCase() as "get", path as never, { ...addressOf(scope, target, path, init), fetch: send } as never);
      const { data } = resultOf(answer as ReadResponse, context);
      return new PathOutcome({ data }, answer) as PathResult<unknown>;
    } catch (thrown) {
      return new PathOutcome({ error: asGhlError(thrown, { operation: route }) }, answer) as PathResult<unknown>;
    }
  };
}

/** What openapi-fetch makes the address of: our encoding, and our refusal of what cannot be sent. */
function addressOf(scope: Scope, { name, operation }: CallTarget, path: string, { params }: Init): object {
  return {
    params: { path: params?.path ?? {}, query: params?.query ?? {} },
    pathSerializer: (_: string, values: Readonly<Record<string, unknown>>) =>
      scope.pipeline.baseUrl + parsePathTemplate(path).fill(name, values),
    querySerializer: (values: Readonly<Record<string, unknown>>) => queryString(name, values, { comma: operation?.comma ?? [] }),
  };
}

/** The answer is read by ours: to openapi-fetch there is none. */
function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** Makes the Response when it is asked for. */
class PathOutcome {
  readonly data: unknown;
  readonly error: GhlError | undefined;
  readonly #answer: ReadResponse | undefined;

  constructor({ data, error }: { readonly data?: unknown; readonly error?: GhlError }, answer: ReadResponse | undefined) {
    this.data = data;
    this.error = error;
    this.#answer = answer;
  }

  get response(): Response | undefined {
    return this.#answer?.response;
  }
}

interface PathCall extends CallTarget {
  readonly method: HttpMethod;
  readonly path: string;
  readonly init: Init;
  readonly merged: CallOptions | undefined;
}

/** Everything of the request but its address. */
function withoutUrl({ name, method, path, init, merged, operation }: PathCall): WireRequest {
  checkPath(name, path);
  checkMethod(name, method, init.body);
  return assembleRequest("", {
    name,
    method,
    headers: fixedHeaders(operation?.version),
    body: init.body,
    bodyKind: operation?.body ?? "json",
    extraHeaders: merged?.headers,
  });
}
