import type { RawDelivery } from "../verify/raw-delivery.ts";
import type { Verdict } from "../verify/verdict.ts";

/** Somebody who sends webhooks, and the way to know that a delivery is theirs. */
export interface WebhookSource {
  /** Kept with each delivery. */
  readonly name: string;
  /** Fails closed; never throws for a delivery. */
  readonly verify: (delivery: RawDelivery) => Promise<Verdict>;
}

/** Limits that hold for every source. */
export interface BodyLimits {
  /** Bytes of a body. Default 1,048,576. */
  readonly maxBodyBytes?: number;
  /** Levels of nesting. Default 64. */
  readonly maxDepth?: number;
}

export const defaultLimits: Required<BodyLimits> = { maxBodyBytes: 1_048_576, maxDepth: 64 };
