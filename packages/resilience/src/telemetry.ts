export { withTelemetry, type TelemetryOptions } from "./telemetry/with-telemetry.ts";
