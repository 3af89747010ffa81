import type { HttpMethod, Operation } from "@ghlkit/contract";
import { asGhlError, readAnswer, type GhlError, type ReadResponse, type WireRequest } from "@ghlkit/core";
import type { CallOptions } from "../call/call-types.ts";
import { prepareCall, resultOf } from "../call/execute.ts";
import { assembleRequest, fixedHeaders } from "../request/assemble-request.ts";
import { checkMethod } from "../request/check-method.ts";
import { checkPath } from "../request/check-path.ts";
import { parsePathTemplate } from "../request/path-template.ts";
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

/** The path level: one method of the client per HTTP method. The contract says `Version`, commas and body kinds. */
export function pathLevel(scope: Scope, lookup: RouteLookup): Readonly<Record<HttpMethod, PathMethod>> {
  const entries = methods.map((method) => [method, pathMethod(scope, lookup, method)] as const);
  return Object.fromEntries(entries) as Record<HttpMethod, PathMethod>;
}

function pathMethod(scope: Scope, lookup: RouteLookup, method: HttpMethod): PathMethod {
  return async (path, init = {}) => {
    const route = `${method} ${typeof path === "string" ? path : typeof path}`;
    let answer: ReadResponse | undefined;
    try {
      const operation = typeof path === "string" ? lookup(method, path) : undefined;
      const target = { operation, name: operation?.id ?? route };
      const { context, request } = prepareCall(scope, target, init, (merged) =>
        requestOf(scope.pipeline.baseUrl, { ...target, method, path, init, merged }),
      );
      answer = await readAnswer(await scope.pipeline.send(request, context), context);
      const { data } = resultOf(answer, context);
      return new PathOutcome({ data }, answer) as PathResult<unknown>;
    } catch (thrown) {
      return new PathOutcome({ error: asGhlError(thrown, { operation: route }) }, answer) as PathResult<unknown>;
    }
  };
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

interface PathCall {
  readonly name: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly init: Init;
  readonly merged: CallOptions | undefined;
  readonly operation: Operation | undefined;
}

function requestOf(baseUrl: string, { name, method, path, init, merged, operation }: PathCall): WireRequest {
  checkPath(name, path);
  checkMethod(name, method, init.body);
  return assembleRequest(baseUrl, {
    name,
    method,
    path: parsePathTemplate(path).fill(name, init.params?.path ?? {}),
    query: init.params?.query ?? {},
    comma: operation?.comma ?? [],
    headers: fixedHeaders(operation?.version),
    body: init.body,
    bodyKind: operation?.body ?? "json",
    extraHeaders: merged?.headers,
  });
}
