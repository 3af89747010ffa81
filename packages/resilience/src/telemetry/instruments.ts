import type { Counter, Gauge, Histogram, Meter } from "@opentelemetry/api";

/** What is measured of every call. */
export interface Instruments {
  readonly duration: Histogram;
  readonly queueWait: Histogram;
  readonly retries: Counter;
  readonly throttled: Counter;
  readonly remaining: Gauge;
  readonly dailyRemaining: Gauge;
}

export function createInstruments(meter: Meter): Instruments {
  return {
    duration: meter.createHistogram("http.client.request.duration", {
      unit: "s",
      description: "Duration of a call, waits and retries included.",
    }),
    queueWait: meter.createHistogram("ghlkit.queue.wait", { unit: "s", description: "Time a call waited for a slot of the rate limit." }),
    retries: meter.createCounter("ghlkit.retries", { description: "Attempts beyond the first." }),
    throttled: meter.createCounter("ghlkit.throttled", { description: "Answers 429." }),
    remaining: meter.createGauge("ghlkit.rate.remaining", { description: "Calls left in the window, per location or company." }),
    dailyRemaining: meter.createGauge("ghlkit.rate.daily_remaining", { description: "Calls left today, per location or company." }),
  };
}
