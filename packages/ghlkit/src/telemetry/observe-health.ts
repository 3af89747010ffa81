import type { Meter, Observable } from "@opentelemetry/api";
import type { Health } from "../health/create-health.ts";
import { healthMetrics, healthValues, type HealthMetric } from "./health-metrics.ts";

const levels = { ok: 0, degraded: 1, failing: 2 } as const;

/** Feeds the gauges by the health report, once for each collection. Returns what ends that. */
export function observeHealth(meter: Meter, health: Health): () => void {
  const gauges = Object.fromEntries(
    Object.entries(healthMetrics).map(([name, { description, unit }]) => [
      name,
      meter.createObservableGauge(name, { description, ...(unit !== undefined && { unit }) }),
    ]),
  ) as unknown as Readonly<Record<HealthMetric, Observable>>;
  const { "ghlkit.health.status": status, ...others } = gauges;
  const all = [status, ...Object.values(others)];
  const observe: Parameters<Meter["addBatchObservableCallback"]>[0] = async (result) => {
    const { checks } = await health();
    for (const [check, found] of Object.entries(checks)) result.observe(status, levels[found.status as keyof typeof levels], { check });
    const values = healthValues(checks);
    for (const [name, gauge] of Object.entries(others)) {
      const value = values[name as HealthMetric];
      if (value !== undefined) result.observe(gauge, value);
    }
  };
  meter.addBatchObservableCallback(observe, all);
  return () => meter.removeBatchObservableCallback(observe, all);
}
