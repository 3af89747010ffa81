import type { Retention } from "./retention.ts";
import type { WorkerRetry } from "./retry-delay.ts";

export interface WorkerOptions {
  /** Events handled at the same time, each of another entity. Default 16. */
  readonly concurrency?: number;
  /** Milliseconds a handler has. Default 30,000. */
  readonly handlerTimeoutMs?: number;
  /** A dead worker's events are taken over after this time, in ms; a living one renews it. Default 30,000. */
  readonly leaseMs?: number;
  /** Milliseconds between two looks for what other processes received or what is due again. Default 500. */
  readonly pollMs?: number;
  readonly retry?: WorkerRetry;
  /** What the worker lets go of, once an hour: by default bodies after 7 days and ids after 31. */
  readonly retention?: Retention;
  /** What becomes of an event that is older than what was handled of its entity: delivered with `stale: true`, or ignored. Default `deliver`. */
  readonly stale?: "deliver" | "skip";
  /** Name of this worker in messages. Default: a random one. */
  readonly name?: string;
}
