export { withTelemetry, type TelemetryOptions } from "./telemetry/with-telemetry.ts";

// Metrics by name, for documentation and other instruments
export { callMetrics, type CallMetric } from "./telemetry/call-metrics.ts";
export { createRecorders, type MetricDefinition, type Recorder } from "./telemetry/metric-definition.ts";
