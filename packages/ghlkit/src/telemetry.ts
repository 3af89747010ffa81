// Spans and metrics
export { createTelemetry, type Telemetry, type TelemetryOptions } from "./telemetry/create-telemetry.ts";
export type { EventListeners, LocationEventLike, PaymentEventLike, SyncEventLike } from "./telemetry/count-events.ts";
export { metricDefinitions } from "./telemetry/metric-definitions.ts";
