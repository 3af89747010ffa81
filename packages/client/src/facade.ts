import type { Operation, OperationTable } from "@ghlkit/contract";
import type { BoundResource } from "@ghlkit/core";
import type { CallOptions, ListOptions, WithResponse } from "./call/call-types.ts";
import { contextOf, execute } from "./call/execute.ts";
import { FacadeCall, FacadeListCall } from "./call/facade-call.ts";
import { pageInput } from "./pages/page-request.ts";
import { walkPages } from "./pages/page-walk.ts";
import type { Pipeline } from "./pipeline.ts";
import { requestBuilder, type Input } from "./request/request-builder.ts";
import { decodeResume, type Position } from "./pages/resume-token.ts";

type Method = (input?: Input, options?: CallOptions) => Promise<unknown>;
type Service = Readonly<Record<string, Method>>;

/** Adds the services of a table to a client, each built when it is first used. */
export function addServices(target: object, table: OperationTable, pipeline: Pipeline, bound: BoundResource | undefined): void {
  for (const name of table.services) {
    Object.defineProperty(target, name, {
      enumerable: true,
      configurable: true,
      get() {
        const service = buildService(table.service(name), pipeline, bound);
        Object.defineProperty(target, name, { value: service, enumerable: true });
        return service;
      },
    });
  }
}

function buildService(operations: readonly Operation[], pipeline: Pipeline, bound: BoundResource | undefined): Service {
  const callable = operations.filter((operation) => mayCall(operation, bound));
  return Object.fromEntries(
    callable.map((operation) => [operation.id.slice(operation.id.indexOf(".") + 1), buildMethod(operation, pipeline, bound)]),
  );
}

/** The type of a bound client has only these; at run time the others are not there either. */
function mayCall({ tokens }: Operation, bound: BoundResource | undefined): boolean {
  if (bound === undefined || tokens.length === 0) return true;
  return tokens.some((kind) => kind.startsWith(bound.kind === "location" ? "location" : "agency"));
}

function buildMethod(operation: Operation, pipeline: Pipeline, bound: BoundResource | undefined): Method {
  const build = requestBuilder(operation);
  const send = async (input: Input | undefined, options: CallOptions | undefined): Promise<WithResponse<unknown>> =>
    execute(pipeline, build(pipeline.baseUrl, input, bound, options?.headers), contextOf(pipeline, operation, bound, options));
  const { pagination } = operation;
  if (pagination === null) return (input, options) => new FacadeCall(send(input, options));
  return (input = {}, options?: ListOptions) => {
    let start: Position | undefined;
    const prepare = async (): Promise<WithResponse<unknown>> => {
      start = options?.resume === undefined ? undefined : decodeResume(operation, options.resume);
      return send(pageInput(pagination, input, start), options);
    };
    const execution = prepare();
    return new FacadeListCall(execution, (first) =>
      walkPages({ operation, pagination, input, start, first, fetch: (page) => send(page, options) }),
    );
  };
}
