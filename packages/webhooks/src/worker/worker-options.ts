import { checkNumber, type Trace } from "@ghlkit/core";
import type { Retention } from "./retention.ts";
import type { WorkerRetry } from "./retry-delay.ts";

/** How a worker runs handlers. */
export interface WorkerOptions {
  /**
   * Events handled at the same time, each of another entity.
   * @default 16
   */
  readonly concurrency?: number;
  /**
   * Milliseconds a handler has before its signal fires; 0 for no limit. Default 30,000. A handler that goes on all the same keeps its
   * entity: no other event of it begins, the lease is renewed, and `handler_overdue` is emitted after each `handlerTimeoutMs`.
   */
  readonly handlerTimeoutMs?: number;
  /**
   * A dead worker's events are taken over after this time, in ms; a living one renews it.
   * @default 30_000
   */
  readonly leaseMs?: number;
  /**
   * Milliseconds between two looks for what other processes received or what is due again.
   * @default 500
   */
  readonly pollMs?: number;
  /** When a failed event is tried again, and when it is dead. */
  readonly retry?: WorkerRetry;
  /** What the worker lets go of, once an hour: by default bodies after 7 days and ids after 31. */
  readonly retention?: Retention;
  /**
   * What becomes of an event that is older than what was handled of its entity: delivered with `stale: true`, or ignored.
   * @default "deliver"
   */
  readonly stale?: "deliver" | "skip";
  /**
   * Name of this worker in messages.
   * @default a random one
   */
  readonly name?: string;
  /** Runs each handler, as `webhook.handle`: `createTelemetry().trace` of `ghlkit/telemetry`. @default without a span */
  readonly trace?: Trace;
}

/** @throws GhlError `invalid_request` for a number that is too small, NaN, or not whole where it has to be. */
export function checkWorkerOptions({ concurrency, handlerTimeoutMs, leaseMs, pollMs, retry }: WorkerOptions): void {
  checkNumber("worker", "concurrency", concurrency, { least: 1, whole: true });
  checkNumber("worker", "handlerTimeoutMs", handlerTimeoutMs);
  checkNumber("worker", "leaseMs", leaseMs, { least: 1, whole: true });
  checkNumber("worker", "pollMs", pollMs, { least: 1 });
  checkNumber("worker", "retry.maxAttempts", retry?.maxAttempts, { least: 1 });
  checkNumber("worker", "retry.firstMs", retry?.firstMs);
  checkNumber("worker", "retry.mostMs", retry?.mostMs);
}
