import type { Bytes } from "../http/bytes.ts";
import { drippedStream, type Drip } from "../http/drip.ts";
import type { IdSource } from "../ids/id-source.ts";
import type { Answer, Evidence } from "../http/answer.ts";
import { evidenceOf, type Route } from "../routing/route.ts";
import type { Exchange } from "./exchange.ts";

/** An answer as it goes out: trace id in the body, evidence in the headers. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Bytes | null;
  /** The body goes out in pieces. */
  readonly drip?: Drip;
}

export function writeAnswer(exchange: Exchange, answer: Answer, traces: IdSource): WireAnswer {
  const route = exchange.match?.route;
  const headers: Record<string, string> = {
    // The platform's own time (RFC 9110, 6.6.1), which need not be the machine's.
    date: new Date(exchange.receivedAtMs).toUTCString(),
    ...exchange.headers,
    ...answer.headers,
    "x-emulator-answer": answer.kind,
    "x-emulator-evidence": evidenceOfAnswer(answer, route),
  };
  if (route !== undefined) {
    headers["x-emulator-operation"] = route.operation.id;
    headers["x-emulator-generation"] = route.generation;
  }
  const body = bodyOf(answer, traces);
  if (body !== null) headers["content-type"] = answer.contentType ?? "application/json; charset=utf-8";
  return { status: answer.status, headers, body, ...(exchange.drip !== undefined && { drip: exchange.drip }) };
}

/** The same for those who called `fetch`. */
export function toResponse({ status, headers, body, drip }: WireAnswer): Response {
  if (drip !== undefined && body !== null) return new Response(drippedStream(body, drip), { status, headers });
  return new Response(body, { status, headers });
}

function bodyOf({ body, contentType }: Answer, traces: IdSource): WireAnswer["body"] {
  if (body === undefined) return null;
  if (contentType !== undefined) return body instanceof Uint8Array ? (body as Bytes) : String(body);
  if (typeof body !== "object" || body === null || Array.isArray(body)) return JSON.stringify(body);
  return withTraceId(body, traces.uuid());
}

/** The successes of an operation are known as well as the operation is; refusals and samples say it of themselves. */
function evidenceOfAnswer({ status, kind, evidence }: Answer, route: Route | undefined): Evidence {
  return route !== undefined && kind === "stateful" && status < 400 ? evidenceOf(route) : evidence;
}

/** The trace id goes last, behind the written body: copying every answer to add a field would cost more than the rest of this file. */
function withTraceId(body: object, traceId: string): string {
  if ("traceId" in body) return JSON.stringify({ ...body, traceId });
  const text = JSON.stringify(body);
  return `${text.slice(0, -1)}${text === "{}" ? "" : ","}"traceId":"${traceId}"}`;
}
