import type { MetricDefinition } from "./metric-definition.ts";

/** Name of a metric of calls. */
export type CallMetric =
  | "http.client.request.duration"
  | "ghlkit.queue.wait"
  | "ghlkit.retries"
  | "ghlkit.throttled"
  | "ghlkit.rate.remaining"
  | "ghlkit.rate.daily_remaining"
  | "ghlkit.limiter.store_failures"
  | "ghlkit.breaker.opened"
  | "ghlkit.reads.saved";

/** What is measured of every call. */
export const callMetrics: Readonly<Record<CallMetric, MetricDefinition>> = {
  "http.client.request.duration": {
    type: "histogram",
    unit: "s",
    description: "Duration of a call, waits and retries included.",
    attributes: ["http.request.method", "ghlkit.operation", "http.response.status_code", "error.type"],
  },
  "ghlkit.queue.wait": {
    type: "histogram",
    unit: "s",
    description: "Time a call waited for a slot of the rate limit.",
    attributes: ["ghlkit.operation"],
  },
  "ghlkit.retries": { type: "counter", description: "Attempts beyond the first.", attributes: ["ghlkit.operation", "reason"] },
  "ghlkit.throttled": { type: "counter", description: "Answers 429.", attributes: ["ghlkit.operation"] },
  "ghlkit.rate.remaining": {
    type: "gauge",
    description: "Calls left in the window, per location or company.",
    attributes: ["ghlkit.resource.kind", "ghlkit.resource.id"],
  },
  "ghlkit.rate.daily_remaining": {
    type: "gauge",
    description: "Calls left today, per location or company.",
    attributes: ["ghlkit.resource.kind", "ghlkit.resource.id"],
  },
  "ghlkit.limiter.store_failures": {
    type: "counter",
    description: "Times that the shared rate window could not be reached.",
    attributes: [],
  },
  "ghlkit.breaker.opened": { type: "counter", description: "Times that the breaker of a host opened.", attributes: ["server.address"] },
  "ghlkit.reads.saved": {
    type: "counter",
    description: "Reads that needed no request: answered from the cache or by a call under way.",
    attributes: ["ghlkit.operation", "by"],
  },
};
