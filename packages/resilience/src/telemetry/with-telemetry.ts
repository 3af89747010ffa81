import { metrics, SpanKind, SpanStatusCode, trace, type Meter, type Span, type Tracer } from "@opentelemetry/api";
import {
  answerOf,
  classify,
  isGhlError,
  readRateState,
  traceIdOf,
  type CallContext,
  type CallEvent,
  type Clock,
  type Layer,
  type RateState,
  type WireRequest,
  type WireResponse,
} from "@ghlkit/core";
import { callAttributes } from "./call-attributes.ts";
import { callMetrics, type CallMetric } from "./call-metrics.ts";
import { createRecorders, type Recorder } from "./metric-definition.ts";

type Recorders = Readonly<Record<CallMetric, Recorder>>;

/** Options of {@link withTelemetry}. */
export interface TelemetryOptions {
  /** @default the global tracer `ghlkit` */
  readonly tracer?: Tracer;
  /** @default the global meter `ghlkit` */
  readonly meter?: Meter;
  /** @default the machine's clock, to the microsecond */
  readonly clock?: Pick<Clock, "now">;
}

/**
 * One client span per call, waits and retries included, with what the layers did as span events and the cause of a failure (the code of its
 * `GhlError`), and metrics of duration, queue wait, retries, throttling, and what is left of window and day. Sits outermost. Nothing secret and no body is recorded; ids of records stay in the
 * path template. Needs `@opentelemetry/api`, which does nothing until an SDK is registered.
 */
export function withTelemetry(options: TelemetryOptions = {}): Layer {
  const tracer = options.tracer ?? trace.getTracer("ghlkit");
  const { clock = { now: () => performance.now() } } = options;
  const record = createRecorders(options.meter ?? metrics.getMeter("ghlkit"), callMetrics);
  return (next) => (request, context) => {
    const attributes = callAttributes(request, context);
    const name = context.operation?.id ?? request.method;
    return tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const started = clock.now();
      const outcome: { status?: number; error?: string } = {};
      try {
        const response = await next(request, { ...context, emit: listener(span, record, context) });
        outcome.status = response.status;
        describeAnswer(span, response, context);
        return response;
      } catch (error) {
        outcome.error = isGhlError(error) ? error.code : "unknown";
        describeFailure(span, error, outcome.error);
        throw error;
      } finally {
        record["http.client.request.duration"]((clock.now() - started) / 1000, {
          ...metricAttributes(request, context),
          ...resultAttributes(outcome),
        });
        span.end();
      }
    });
  };
}

/** Receives the events of the layers: everything but the rate state, which stands on the span, becomes a span event. */
function listener(span: Span, record: Recorders, context: CallContext): (event: CallEvent) => void {
  const operation = { "ghlkit.operation": context.operation?.id ?? "other" };
  let waitedMs = 0;
  return (event) => {
    const { type, ...fields } = event;
    if (event.type === "rate") recordRate(event.rate, record, context);
    else span.addEvent(`ghlkit.${type}`, fields as Record<string, string | number | boolean>);
    if (event.type === "granted") {
      waitedMs += event.waitedMs;
      span.setAttribute("ghlkit.queue.wait_ms", waitedMs);
      record["ghlkit.queue.wait"](event.waitedMs / 1000, operation);
    }
    countEvent(event, record, operation);
    context.emit(event);
  };
}

function countEvent(event: CallEvent, record: Recorders, operation: { readonly "ghlkit.operation": string }): void {
  if (event.type === "retrying") record["ghlkit.retries"](1, { ...operation, reason: event.reason });
  if (event.type === "throttled") record["ghlkit.throttled"](1, operation);
  if (event.type === "opened") record["ghlkit.breaker.opened"](1, { "server.address": event.host });
  if (event.type === "store_unavailable") record["ghlkit.limiter.store_failures"](1);
  if (event.type === "cached" || event.type === "collapsed")
    record["ghlkit.reads.saved"](1, { ...operation, by: event.type === "cached" ? "cache" : "collapsing" });
}

/** What is left belongs to the location or company, whichever operation asked. */
function recordRate({ remaining, dailyRemaining }: RateState, record: Recorders, { principal }: CallContext): void {
  const resource = principal === undefined ? {} : { "ghlkit.resource.kind": principal.kind, "ghlkit.resource.id": principal.resource };
  if (remaining !== undefined) record["ghlkit.rate.remaining"](remaining, resource);
  if (dailyRemaining !== undefined) record["ghlkit.rate.daily_remaining"](dailyRemaining, resource);
}

function describeAnswer(span: Span, response: WireResponse, context: CallContext): void {
  const { remaining, dailyRemaining } = readRateState(response.headers);
  const answer = answerOf(response);
  const attempts = answer?.attempt ?? context.attempt;
  const traceId = typeof answer?.body === "string" ? traceIdOf(answer.body) : undefined;
  span.setAttribute("http.response.status_code", response.status);
  if (attempts > 1) span.setAttribute("http.request.resend_count", attempts - 1);
  if (remaining !== undefined) span.setAttribute("ghlkit.rate.remaining", remaining);
  if (dailyRemaining !== undefined) span.setAttribute("ghlkit.rate.daily_remaining", dailyRemaining);
  if (traceId !== undefined) span.setAttribute("ghlkit.trace_id", traceId);
  if (response.status < 400) return;
  if (typeof answer?.body === "string") span.setAttribute("ghlkit.cause", classify(response, answer.body, context).code);
  span.setAttribute("error.type", String(response.status));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function describeFailure(span: Span, error: unknown, code: string): void {
  span.setAttribute("error.type", code);
  span.setAttribute("ghlkit.cause", code);
  if (isGhlError(error) && error.attempts > 1) span.setAttribute("http.request.resend_count", error.attempts - 1);
  span.setStatus({ code: SpanStatusCode.ERROR, ...(isGhlError(error) ? { message: error.message } : {}) });
}

/** Few values each: a metric multiplies with every one of them. */
function metricAttributes(request: WireRequest, context: CallContext): Record<string, string> {
  return { "http.request.method": request.method, "ghlkit.operation": context.operation?.id ?? "other" };
}

function resultAttributes({ status, error }: { readonly status?: number; readonly error?: string }): Record<string, string | number> {
  return {
    ...(status === undefined ? {} : { "http.response.status_code": status }),
    ...(error === undefined ? {} : { "error.type": error }),
  };
}
