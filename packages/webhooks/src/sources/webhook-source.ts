import type { RawDelivery } from "../verify/raw-delivery.ts";
import type { Verdict } from "./verdict.ts";

/** A sender of webhooks, with the check that a delivery comes from it. Make one of your own with `createSource`. */
export interface WebhookSource {
  /** Stored with each delivery. */
  readonly name: string;
  /** Fails closed; never throws for a delivery. */
  readonly verify: (delivery: RawDelivery) => Promise<Verdict>;
}

/** Limits that hold for every source. */
export interface BodyLimits {
  /**
   * Most bytes of a body.
   * @default 1_048_576
   */
  readonly maxBodyBytes?: number;
  /**
   * Most levels of nesting in the JSON of a body.
   * @default 64
   */
  readonly maxDepth?: number;
}

export const defaultLimits: Required<BodyLimits> = { maxBodyBytes: 1_048_576, maxDepth: 64 };
