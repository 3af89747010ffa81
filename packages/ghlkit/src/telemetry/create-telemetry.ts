import { isGhlError, monotonicNow, systemClock, type Clock, type Layer, type Trace } from "@ghlkit/core";
import { createRecorders, withTelemetry, type Recorder } from "@ghlkit/resilience/telemetry";
import { metrics, SpanStatusCode, trace, type Meter, type Tracer } from "@opentelemetry/api";
import type { Health } from "../health/create-health.ts";
import { countEvents, type EventListeners } from "./count-events.ts";
import { eventMetrics } from "./event-metrics.ts";
import { observeHealth } from "./observe-health.ts";

/** Options of {@link createTelemetry}. */
export interface TelemetryOptions {
  /** @default the global tracer `ghlkit` */
  readonly tracer?: Tracer;
  /** @default the global meter `ghlkit` */
  readonly meter?: Meter;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Spans and metrics of all parts. */
export interface Telemetry extends EventListeners {
  /** One client span per call: the outermost layer. `createGhl({ telemetry })` puts it there, and around the app's own calls for tokens. */
  readonly calls: Layer;
  /** The option `trace` of webhook workers, copies, bulk runs and payment providers: one span per piece of work, its calls inside. */
  readonly trace: Trace;
  /** Feeds gauges by a health report, once per collection. Returns what ends that. */
  readonly observe: (health: Health) => () => void;
}

/**
 * Spans and metrics by OpenTelemetry, for everything that ghlkit does. Needs `@opentelemetry/api`, which does nothing until an SDK is registered. Nothing
 * secret, no body and no id of a record is recorded.
 */
export function createTelemetry(options: TelemetryOptions = {}): Telemetry {
  const { clock = systemClock, tracer = trace.getTracer("ghlkit"), meter = metrics.getMeter("ghlkit") } = options;
  const record = createRecorders(meter, eventMetrics);
  return {
    ...countEvents(record),
    calls: withTelemetry({ tracer, meter, clock: { now: () => monotonicNow(clock) } }),
    trace: traceWith(tracer, record["ghlkit.work.duration"], clock),
    observe: (health) => observeHealth(meter, health),
  };
}

function traceWith(tracer: Tracer, recordDuration: Recorder, clock: Clock): Trace {
  return (work, { name, attributes = {} }) =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      const started = monotonicNow(clock);
      const outcome: { "error.type"?: string } = {};
      try {
        return await work();
      } catch (error) {
        outcome["error.type"] = isGhlError(error) ? error.code : "unknown";
        span.setAttribute("error.type", outcome["error.type"]);
        span.setStatus({ code: SpanStatusCode.ERROR, ...(isGhlError(error) ? { message: error.message } : {}) });
        throw error;
      } finally {
        recordDuration((monotonicNow(clock) - started) / 1000, { "ghlkit.work": name, ...outcome });
        span.end();
      }
    });
}
