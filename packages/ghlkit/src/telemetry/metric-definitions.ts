import { callMetrics, type MetricDefinition } from "@ghlkit/resilience/telemetry";
import { eventMetrics } from "./event-metrics.ts";
import { healthMetrics } from "./health-metrics.ts";

/** Every metric by its name, with type, unit, description and attributes. */
export const metricDefinitions: Readonly<Record<string, MetricDefinition>> = { ...callMetrics, ...eventMetrics, ...healthMetrics };
