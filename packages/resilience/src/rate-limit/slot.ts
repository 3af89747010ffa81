import type { CallContext, Send } from "@ghlkit/core";

/** What the platform answered, as far as the limiter reads it. */
export type RatedAnswer = Pick<Awaited<ReturnType<Send>>, "status" | "headers">;

/** A slot that was granted to a call. One of the three ends it; whatever follows has no effect. */
export interface Slot {
  /** The call never left. */
  giveBack(): void;
  /** The call left, and its answer was lost. */
  lost(): void;
  /** The platform answered. */
  answered(answer: RatedAnswer, context: CallContext): void;
}
