import type { Attributes, Meter } from "@opentelemetry/api";

/** A metric: what makes its instrument, and what the documentation says of it. */
export interface MetricDefinition {
  readonly type: "counter" | "gauge" | "histogram";
  /** UCUM, as OpenTelemetry has it. */
  readonly unit?: string;
  readonly description: string;
  /** Each has few values. */
  readonly attributes: readonly string[];
}

/** Adds to a counter, or records the value of a gauge or histogram. */
export type Recorder = (value: number, attributes?: Attributes) => void;

/** Makes the instruments of metrics. */
export function createRecorders<Name extends string>(
  meter: Meter,
  definitions: Readonly<Record<Name, MetricDefinition>>,
): Readonly<Record<Name, Recorder>> {
  const made = Object.entries<MetricDefinition>(definitions).map(([name, definition]) => [name, recorderOf(meter, name, definition)]);
  return Object.fromEntries(made) as Readonly<Record<Name, Recorder>>;
}

function recorderOf(meter: Meter, name: string, { type, unit, description }: MetricDefinition): Recorder {
  const options = { description, ...(unit !== undefined && { unit }) };
  if (type === "counter") {
    const counter = meter.createCounter(name, options);
    return (value, attributes) => counter.add(value, attributes);
  }
  const instrument = type === "histogram" ? meter.createHistogram(name, options) : meter.createGauge(name, options);
  return (value, attributes) => instrument.record(value, attributes);
}
