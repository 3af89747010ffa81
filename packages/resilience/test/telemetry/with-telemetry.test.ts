import { operationTable } from "@ghlkit/contract";
import { compose, createContext, ghlError, readBody, readRateState, type CallEvent, type Send } from "@ghlkit/core";
import type { Attributes, Meter } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { describe, expect, test } from "vitest";
import { withRetry } from "../../src/index.ts";
import { withTelemetry } from "../../src/telemetry.ts";
import { principal, request } from "../simulated-platform.ts";

const token = ["pit", "11111111-2222-3333-4444-555555555555"].join("-");

function setUp(send: Send) {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const records: [string, number, Attributes | undefined][] = [];
  const instrument = (name: string) => ({
    record: (value: number, attributes?: Attributes) => records.push([name, value, attributes]),
    add: (value: number, attributes?: Attributes) => records.push([name, value, attributes]),
  });
  const meter = { createHistogram: instrument, createCounter: instrument, createGauge: instrument } as unknown as Meter;
  const events: CallEvent[] = [];
  const layered = compose(
    [withTelemetry({ tracer: provider.getTracer("test"), meter }), withRetry({ baseDelayMs: 1, windowMs: 1 })],
    readBody(send),
  );
  const call = () =>
    layered(
      {
        ...request,
        url: "https://services.leadconnectorhq.com/contacts/abc?email=ada@example.com",
        headers: { authorization: `Bearer ${token}` },
      },
      createContext({ operation: operationTable.operation("contacts.get"), principal, emit: (event) => events.push(event) }),
    );
  return { call, events, records, span: () => exporter.getFinishedSpans()[0] };
}

describe("withTelemetry", () => {
  test("one span per call with operation, resource, status, attempts, rate and trace id", async () => {
    let sent = 0;
    const { call, events, records, span } = setUp(async () => {
      sent += 1;
      const headers = { "x-ratelimit-remaining": "7", "x-ratelimit-daily-remaining": "99" };
      return sent === 1
        ? new Response("", { status: 429, headers: { "retry-after": "0" } })
        : new Response('{"contact":{},"traceId":"t-1"}', { headers });
    });
    await call();
    expect(span()?.name).toBe("contacts.get");
    expect(span()?.attributes).toEqual({
      "http.request.method": "GET",
      "server.address": "services.leadconnectorhq.com",
      "url.template": "/contacts/{contactId}",
      "ghlkit.operation": "contacts.get",
      "ghlkit.resource.kind": "location",
      "ghlkit.resource.id": "loc-1",
      "ghlkit.priority": "interactive",
      "http.response.status_code": 200,
      "http.request.resend_count": 1,
      "ghlkit.rate.remaining": 7,
      "ghlkit.rate.daily_remaining": 99,
      "ghlkit.trace_id": "t-1",
    });
    expect(span()?.events.map(({ name }) => name)).toEqual(["ghlkit.retrying", "ghlkit.recovered"]);
    expect(events.map(({ type }) => type)).toEqual(["retrying", "recovered"]);
    expect(records.map(([name]) => name)).toEqual(["ghlkit.retries", "http.client.request.duration"]);
  });

  test("a failed answer and a call without one are errors, each with its type", async () => {
    const failed = setUp(async () => new Response('{"message":"Contact with id X not found"}', { status: 400 }));
    await failed.call();
    expect(failed.span()).toMatchObject({ status: { code: 2 }, attributes: { "error.type": "400", "ghlkit.cause": "not_found" } });
    const lost = setUp(() => Promise.reject(ghlError("circuit_open", "x", { retryAfterMs: 1 })));
    await expect(lost.call()).rejects.toMatchObject({ code: "circuit_open" });
    expect(lost.span()).toMatchObject({
      status: { code: 2, message: "x" },
      attributes: { "error.type": "circuit_open", "ghlkit.cause": "circuit_open" },
    });
    expect(lost.records).toMatchObject([["http.client.request.duration", expect.any(Number), { "error.type": "circuit_open" }]]);
  });

  test("how long a call waited, and what is left for its location", async () => {
    const { call, records, span } = setUp(async (_request, context) => {
      context.emit({ type: "granted", waitedMs: 30 });
      context.emit({ type: "granted", waitedMs: 12 });
      context.emit({
        type: "rate",
        rate: readRateState(new Headers({ "x-ratelimit-remaining": "7", "x-ratelimit-daily-remaining": "99" })),
      });
      return new Response("{}");
    });
    await call();
    const location = { "ghlkit.resource.kind": "location", "ghlkit.resource.id": "loc-1" };
    expect(span()?.attributes).toMatchObject({ "ghlkit.queue.wait_ms": 42 });
    expect(records).toContainEqual(["ghlkit.rate.remaining", 7, location]);
    expect(records).toContainEqual(["ghlkit.rate.daily_remaining", 99, location]);
  });

  test("records no token, no e-mail and no id of a record", async () => {
    const { call, records, span } = setUp(async () => new Response("{}"));
    await call();
    const all = JSON.stringify([span()?.attributes, span()?.events, records]);
    for (const secret of [token, "ada@example.com", "abc"]) expect(all).not.toContain(secret);
  });
});
