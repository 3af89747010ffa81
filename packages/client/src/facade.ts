import type { Operation, OperationTable } from "@ghlkit/contract";
import type { BoundResource } from "@ghlkit/core";
import type { CallOptions, ListOptions, WithResponse } from "./call/call-types.ts";
import { execute, notSendable, prepareCall } from "./call/execute.ts";
import { FacadeCall, FacadeListCall } from "./call/facade-call.ts";
import { pageInput } from "./pages/page-request.ts";
import { walkPages } from "./pages/page-walk.ts";
import { invalidRequest } from "./request/invalid-request.ts";
import { requestBuilder, type Input, type RequestBuilder } from "./request/request-builder.ts";
import { decodeResume, type Position } from "./pages/resume-token.ts";
import type { Scope } from "./scope.ts";

type Method = (input?: Input, options?: CallOptions) => Promise<unknown>;
type Service = Readonly<Record<string, Method>>;

/** An operation with what is the same for all its calls. */
interface PreparedOperation {
  readonly operation: Operation;
  /** Name of its method: the operation id after the dot. */
  readonly name: string;
  readonly build: RequestBuilder;
}

/** The operations of a table, each prepared once, whoever calls it. */
const prepared = new WeakMap<OperationTable, Map<string, readonly PreparedOperation[]>>();

/** Makes the methods of one service for one client. */
export function serviceOf(table: OperationTable, name: string, scope: Scope): Service {
  const service: Record<string, Method> = {};
  for (const one of preparedService(table, name)) if (mayCall(one.operation, scope.bound)) service[one.name] = methodOf(one, scope);
  return service;
}

function preparedService(table: OperationTable, name: string): readonly PreparedOperation[] {
  let services = prepared.get(table);
  if (services === undefined) prepared.set(table, (services = new Map()));
  let service = services.get(name);
  if (service === undefined) {
    service = table.service(name).map((operation) => ({
      operation,
      name: operation.id.slice(operation.id.indexOf(".") + 1),
      build: requestBuilder(operation),
    }));
    services.set(name, service);
  }
  return service;
}

/** The type of a bound client has only these; at run time the others are not there either. */
function mayCall({ tokens }: Operation, bound: BoundResource | undefined): boolean {
  if (bound === undefined || tokens.length === 0) return true;
  return tokens.some((kind) => kind.startsWith(bound.kind === "location" ? "location" : "agency"));
}

function methodOf(one: PreparedOperation, scope: Scope): Method {
  const { pagination } = one.operation;
  if (pagination === null) return (input, options) => new FacadeCall(send(one, scope, input, options));
  return (input = {}, options?: ListOptions) => listCall(one, scope, input, options);
}

function send(
  { operation, build }: PreparedOperation,
  scope: Scope,
  input: Input | undefined,
  options: CallOptions | undefined,
): Promise<WithResponse<unknown>> {
  try {
    const call = prepareCall(scope, { operation, name: operation.id }, options, (merged) => {
      checkInput(operation, input);
      return build(scope.pipeline.baseUrl, input, scope.bound, merged?.headers);
    });
    return execute(scope, call);
  } catch (error) {
    return Promise.reject(error as Error);
  }
}

function checkInput(operation: Operation, input: unknown): void {
  if (input === undefined || (typeof input === "object" && input !== null && !Array.isArray(input))) return;
  const name = /\{(\w+)\}/.exec(operation.path)?.[1] ?? "locationId";
  throw invalidRequest(
    operation.id,
    `the input is an object of parameters, such as { ${name} }; it is ${input === null ? "null" : typeof input}.`,
  );
}

/** Paging adds to the body, so that it has to be one that takes more fields. */
function checkListBody({ id }: Operation, body: unknown): void {
  const prototype: unknown = typeof body === "object" && body !== null ? Object.getPrototypeOf(body) : "none";
  if (body === undefined || prototype === null || prototype === Object.prototype) return;
  throw invalidRequest(id, "body must be a plain object: the parameters of the page are added to it.");
}

function listCall(one: PreparedOperation, scope: Scope, input: Input, options: ListOptions | undefined): FacadeListCall<unknown, unknown> {
  const { operation } = one;
  const { pagination } = operation;
  if (pagination === null) throw new TypeError(`${operation.id} is no list.`);
  let start: Position | undefined;
  const first = async (): Promise<WithResponse<unknown>> => {
    try {
      checkInput(operation, input);
      if (pagination.in === "body") checkListBody(operation, input["body"]);
      start = options?.resume === undefined ? undefined : decodeResume(operation, options.resume);
      return await send(one, scope, pageInput(pagination, input, start), options);
    } catch (error) {
      throw notSendable(operation.id, error);
    }
  };
  return new FacadeListCall(first(), (walked) =>
    walkPages({ operation, pagination, input, start, first: walked, fetch: (page) => send(one, scope, page, options) }),
  );
}
