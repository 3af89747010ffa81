import { acceptsToken, type Operation, type OperationTable } from "@ghlkit/contract";
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

/** The operations of one service that one kind of client may call, each prepared once, and the shape of its methods. */
interface PreparedService {
  readonly operations: readonly PreparedOperation[];
  /** An object of this shape is copied in one step; adding thirty methods one by one would take three times as long. */
  readonly shape: Service;
}

const prepared = new WeakMap<OperationTable, Map<string, PreparedService>>();

/** Makes the methods of one service for one client. */
export function serviceOf(table: OperationTable, name: string, scope: Scope): Service {
  const { operations, shape } = preparedService(table, name, scope.bound?.kind);
  const service: Record<string, Method> = { ...shape };
  for (const one of operations) service[one.name] = methodOf(one, scope);
  return service;
}

function preparedService(table: OperationTable, name: string, kind: BoundResource["kind"] | undefined): PreparedService {
  let services = prepared.get(table);
  if (services === undefined) prepared.set(table, (services = new Map()));
  const key = `${kind ?? ""} ${name}`;
  let service = services.get(key);
  if (service === undefined) services.set(key, (service = prepareService(table, name, kind)));
  return service;
}

function prepareService(table: OperationTable, name: string, kind: BoundResource["kind"] | undefined): PreparedService {
  const callable = table.service(name).filter((operation) => mayCall(operation, kind));
  const operations = callable.map((operation) => ({
    operation,
    name: operation.id.slice(operation.id.indexOf(".") + 1),
    build: requestBuilder(operation),
  }));
  return { operations, shape: Object.fromEntries(operations.map((one) => [one.name, notReady])) };
}

function notReady(): never {
  throw new TypeError("A method was called while its service was made.");
}

/** The type of a bound client has only these; at run time the others are not there either. */
function mayCall({ tokens }: Operation, kind: BoundResource["kind"] | undefined): boolean {
  return kind === undefined || acceptsToken(tokens, kind);
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
