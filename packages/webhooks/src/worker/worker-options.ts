import { ghlError } from "@ghlkit/core";
import type { Retention } from "./retention.ts";
import type { WorkerRetry } from "./retry-delay.ts";

export interface WorkerOptions {
  /** Events handled at the same time, each of another entity. Default 16. */
  readonly concurrency?: number;
  /**
   * Milliseconds a handler has before its signal fires; 0 for no limit. Default 30,000. A handler that goes on all the same keeps its
   * entity: no other event of it begins, the lease is renewed, and `handler_overdue` is emitted after each `handlerTimeoutMs`.
   */
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

const least: Readonly<Partial<Record<keyof WorkerOptions, number>>> = { concurrency: 1, handlerTimeoutMs: 0, leaseMs: 1, pollMs: 1 };
const leastOfRetry: Readonly<Record<keyof WorkerRetry, number>> = { maxAttempts: 1, firstMs: 0, mostMs: 0 };
const whole: ReadonlySet<string> = new Set(["concurrency", "leaseMs"]);

/** @throws GhlError `invalid_request` for a number that is too small, NaN, or not whole where it has to be. */
export function checkWorkerOptions(options: WorkerOptions): void {
  for (const [name, smallest] of Object.entries(least)) checkNumber(name, options[name as keyof WorkerOptions], smallest);
  for (const [name, smallest] of Object.entries(leastOfRetry))
    checkNumber(`retry.${name}`, options.retry?.[name as keyof WorkerRetry], smallest);
}

function checkNumber(name: string, value: unknown, smallest: number): void {
  if (value === undefined) return;
  const isNumber = typeof value === "number" && value >= smallest;
  if (isNumber && (!whole.has(name) || Number.isSafeInteger(value))) return;
  const what = whole.has(name) ? "a whole number" : "a number";
  throw ghlError("invalid_request", `worker: ${name} must be ${what} of at least ${smallest}.`, {});
}
