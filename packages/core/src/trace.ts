/** What a piece of work is. */
export interface TracedWork {
  /** Its kind, such as `webhook.handle`: few values. */
  readonly name: string;
  /** Nothing secret, and nothing of a record. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Runs a piece of work, for example in a span, so that the calls it makes appear inside it: `trace` of `createTelemetry` of `ghlkit/telemetry` is one. It
 * resolves and rejects as the work does. It is an option of what works by itself: webhook workers, copies, bulk runs, tokens, payment providers.
 */
export type Trace = <Result>(work: () => Promise<Result>, about: TracedWork) => Promise<Result>;

/** Runs the work, and nothing else. */
export const untraced: Trace = (work) => work();
