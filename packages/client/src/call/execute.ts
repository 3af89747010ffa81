import type { Operation } from "@ghlkit/contract";
import {
  answerData,
  asGhlError,
  classify,
  ghlError,
  isGhlError,
  isRead,
  originOf,
  readAnswer,
  type CallContext,
  type GhlError,
  type WireRequest,
  type ReadResponse,
} from "@ghlkit/core";
import { checkOptions } from "../request/check-options.ts";
import { mergeOptions, type Scope } from "../scope.ts";
import { CallResult } from "./call-result.ts";
import type { CallOptions, WithResponse } from "./call-types.ts";

/** What a call is for: an operation of the contract, or a name for a request outside it. */
export interface CallTarget {
  readonly operation: Operation | undefined;
  /** Operation id, or `METHOD /path`. */
  readonly name: string;
}

/** Options that were checked, the request and its context. */
export interface PreparedCall {
  readonly request: WireRequest;
  readonly context: CallContext;
}

/**
 * Checks the options of a call and builds its request.
 * @throws GhlError `invalid_request` for anything that cannot be sent, whatever was thrown over it, and what the credentials throw.
 */
export function prepareCall(
  scope: Scope,
  target: CallTarget,
  given: CallOptions | undefined,
  build: (options: CallOptions | undefined) => WireRequest,
): PreparedCall {
  try {
    const options = mergeOptions(scope.defaults, given ?? undefined);
    if (options !== undefined) checkOptions(target.name, options);
    const request = build(options);
    return { request, context: contextOf(scope, target, options) };
  } catch (cause) {
    throw notSendable(target.name, cause);
  }
}

/** What was thrown over an input: an error of the family as it is, anything else (a getter, a proxy, a toJSON of the caller's) as `invalid_request`. */
export function notSendable(name: string, cause: unknown): GhlError {
  if (isGhlError(cause)) return cause;
  const message = `${name}: the input cannot be sent: ${cause instanceof Error ? cause.message : "see cause"}. Nothing was sent.`;
  return ghlError("invalid_request", message, {}, { operation: name, cause });
}

function contextOf({ pipeline, bound }: Scope, { operation, name }: CallTarget, options: CallOptions | undefined): CallContext {
  const principal = pipeline.credentials?.principal(operation, bound);
  const deadlineMs = options?.deadlineMs ?? Infinity;
  const timeoutMs = options?.timeoutMs ?? pipeline.timeoutMs;
  return {
    operation,
    name: operation === undefined ? name : undefined,
    principal,
    priority: options?.priority ?? "interactive",
    signal: options?.signal,
    timeoutMs: timeoutMs === Infinity ? 0 : timeoutMs,
    deadline: deadlineMs === Infinity ? undefined : pipeline.clock.now() + deadlineMs,
    attempt: 1,
    clock: pipeline.clock,
    fresh: options?.fresh,
    emit: (event) => pipeline.emit(event, { operation: name, principal }),
  };
}

/**
 * Sends a request through the pipeline and reads its answer as the operation says.
 * @throws GhlError, and nothing else, whatever a layer or fetch throws.
 */
export async function execute<Data>(scope: Scope, { request, context }: PreparedCall): Promise<WithResponse<Data>> {
  try {
    const answer = await scope.pipeline.send(request, context);
    return resultOf(isRead(answer) ? answer : await readAnswer(answer, context), context);
  } catch (error) {
    throw asGhlError(error, originOf(context));
  }
}

/**
 * What an answer gives, as its operation says.
 * @throws GhlError for a status of failure, or an answer that is not what it should be.
 */
export function resultOf<Data>(answer: ReadResponse, context: CallContext): WithResponse<Data> {
  if (!answer.ok) throw classify(answer, answer.readText(), context, answer.attempt);
  return new CallResult(answerData(answer, context) as Data, answer);
}
