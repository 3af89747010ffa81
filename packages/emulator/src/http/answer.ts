/**
 * Evidence of an answer, strongest first: recorded from the live platform, reported by integrators who saw it live, documented by the vendor,
 * inferred from what is documented, or sampled from the schema.
 */
export type Evidence = "recorded" | "reported" | "documented" | "inferred" | "sample";

/** What goes back on the wire, before headers. */
export interface Answer {
  readonly status: number;
  /** JSON; `undefined` for an empty body. */
  readonly body: unknown;
  /** Set for bodies that are not JSON. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection breaks instead, and how: a fault. */
  readonly lost?: "closed" | "reset";
  readonly kind: "stateful" | "sample";
  readonly evidence: Evidence;
}

/** An answer from state. */
export function reply(status: number, body: unknown, evidence: Evidence = "documented"): Answer {
  return { status, body, kind: "stateful", evidence };
}
