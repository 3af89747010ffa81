import type { IdSource } from "../ids/id-source.ts";
import type { Answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";

/** Turns an answer into a response: trace id into the body, evidence into headers. */
export function respond(exchange: Exchange, answer: Answer, traces: IdSource): Response {
  const headers: Record<string, string> = {
    ...exchange.headers,
    ...answer.headers,
    "x-emulator-answer": answer.kind,
    "x-emulator-evidence": answer.evidence,
  };
  const route = exchange.match?.route;
  if (route !== undefined) {
    headers["x-emulator-operation"] = route.operation.id;
    headers["x-emulator-generation"] = route.generation;
  }
  const body = bodyOf(answer, traces);
  if (body !== null) headers["content-type"] = answer.contentType ?? "application/json; charset=utf-8";
  return new Response(body, { status: answer.status, headers });
}

function bodyOf({ body, contentType }: Answer, traces: IdSource): string | Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return null;
  if (contentType !== undefined) return body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : String(body);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return JSON.stringify(body);
  return JSON.stringify({ ...body, traceId: traces.uuid() });
}
