import type { Clock } from "@ghlkit/core";

/** What every store in memory takes. */
export interface MemoryOptions {
  /** @default the machine's clock */
  readonly clock?: Pick<Clock, "now" | "monotonic">;
}
