import type { AnswerKind, Operation } from "@ghlkit/contract";
import { answerJson, answerOf, answerText, classify, type BoundResource, type CallContext, type WireRequest } from "@ghlkit/core";
import type { CallOptions, WithResponse } from "./call-types.ts";
import type { Pipeline } from "../pipeline.ts";
import { CallResult } from "./call-result.ts";

/** Context of one call. */
export function contextOf(
  pipeline: Pipeline,
  operation: Operation | undefined,
  bound: BoundResource | undefined,
  options: CallOptions | undefined,
  name?: string,
): CallContext {
  const principal = pipeline.credentials?.principal(operation, bound);
  return {
    operation,
    name,
    principal,
    priority: options?.priority ?? "interactive",
    signal: options?.signal,
    timeoutMs: options?.timeoutMs ?? pipeline.timeoutMs,
    deadline: options?.deadlineMs === undefined ? undefined : Date.now() + options.deadlineMs,
    attempt: 1,
    fresh: options?.fresh,
    emit: (event) => pipeline.emit(event, { operation: operation?.id ?? name, principal }),
  };
}

/**
 * Sends a request through the pipeline and reads its answer as the operation says.
 * @throws GhlError
 */
export async function execute<Data>(pipeline: Pipeline, request: WireRequest, context: CallContext): Promise<WithResponse<Data>> {
  const response = await pipeline.send(request, context);
  const attempts = answerOf(response)?.attempt ?? context.attempt;
  if (!response.ok) throw classify(response, await answerText(response), context, attempts);
  return new CallResult((await readData(response, context)) as Data, response, attempts);
}

function readData(response: Response, context: CallContext): Promise<unknown> {
  const kind = context.operation?.answer ?? kindByType(response);
  if (kind === "json") return answerJson(response, context);
  return kind === "text" ? answerText(response) : response.blob();
}

/** Outside the contract the content type decides; an answer that names none is JSON, as all but a handful are. */
function kindByType(response: Response): AnswerKind {
  const type = response.headers.get("content-type") ?? "";
  if (type === "" || type.includes("json") || type.startsWith("text/html")) return "json";
  return type.startsWith("text/") ? "text" : "binary";
}
