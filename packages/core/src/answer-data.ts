import type { AnswerKind, Operation } from "@ghlkit/contract";
import { accepted } from "./accepted-write.ts";
import type { CallContext } from "./call-context.ts";
import { traceIdOf } from "./classify/platform-error.ts";
import { ghlError, originOf } from "./ghl-error.ts";
import { answerOf, textOf, type ReadResponse } from "./read-response.ts";
import { excerpt } from "./redact.ts";
import type { WireResponse } from "./wire-response.ts";

/**
 * How an answer is read: as its operation says, outside the contract as its content type does. One that names none is JSON, as all but a
 * handful are.
 */
export function answerKind({ headers }: WireResponse, operation: Operation | undefined): AnswerKind {
  if (operation !== undefined) return operation.answer;
  const type = headers.get("content-type") ?? "";
  if (type === "" || type.includes("json") || type.startsWith("text/html")) return "json";
  return type.startsWith("text/") ? "text" : "binary";
}

/**
 * Data of an answer that was read: parsed JSON, text or a Blob.
 * @throws GhlError `invalid_response` where it should be JSON and is not.
 */
export function answerData(answer: ReadResponse, context: CallContext): unknown {
  const kind = answerKind(answer, context.operation);
  if (kind === "json") return parsedJson(answer, answer.readText(), context);
  if (kind === "text") return answer.readText();
  const type = answer.headers.get("content-type");
  return new Blob([answer.readBytes()], type === null ? {} : { type });
}

/** Text of an answer, read now if no layer has read it yet. */
export async function answerText(response: WireResponse): Promise<string> {
  const answer = answerOf(response);
  return answer === undefined ? response.text() : textOf(answer);
}

/**
 * JSON of an answer; an empty body is `undefined`.
 * @throws GhlError `invalid_response` when the text is not JSON.
 */
export async function answerJson(response: WireResponse, context: CallContext): Promise<unknown> {
  return parsedJson(response, await answerText(response), context);
}

function parsedJson(response: WireResponse, text: string, context: CallContext): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own error quotes the text, and what was cut off may be a token: neither is kept.
    throw ghlError(
      "invalid_response",
      `The platform answered ${response.status} with something that is not JSON: ${excerpt(text.replace(/\s+/g, " "), 60)}${accepted(context) ? ". The write was accepted: do not send it again." : ""}`,
      accepted(context) ? { status: response.status, accepted: true } : { status: response.status },
      { ...originOf(context), attempts: answerOf(response)?.attempt ?? context.attempt, traceId: traceIdOf(text), body: excerpt(text) },
    );
  }
}
