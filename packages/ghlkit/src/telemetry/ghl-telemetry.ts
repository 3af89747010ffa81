import type { AuthEvent } from "@ghlkit/auth";
import type { Layer, Trace } from "@ghlkit/core";

/** The part of `createTelemetry()` of `ghlkit/telemetry` that a client uses. */
export interface GhlTelemetry {
  readonly calls: Layer;
  readonly trace: Trace;
  readonly onAuth: (event: AuthEvent) => void;
}
