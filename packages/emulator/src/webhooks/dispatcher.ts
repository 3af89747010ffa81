import type { SchedulingClock } from "../clock/emulator-clock.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import type { IdSource } from "../ids/id-source.ts";
import { deliveryOf, filterEntries, newEntry, type DeliveryEntry, type NewDelivery } from "./delivery-entry.ts";
import type { Delivery, DeliveryAttempt, DeliveryFilter, DeliveryState } from "./delivery.ts";
import { createHolds } from "./holds.ts";
import { post } from "./post.ts";
import { retryRegime } from "./retry-regime.ts";
import type { Signer } from "./signer.ts";
import type { ResolvedWebhookOptions } from "./webhook-options.ts";
import { createWorkQueue } from "./work-queue.ts";

/** How a delivery starts. */
export interface DispatchPlan {
  /** Emulated time of the first attempt. Default: now. */
  readonly dueMs?: number;
  /** Sent after this many later deliveries to the same URL, at `dueMs` at the latest. */
  readonly overtakenBy?: number;
}

/** Carries deliveries out, and remembers them. */
export interface Dispatcher {
  readonly dispatch: (what: NewDelivery, plan?: DispatchPlan) => Delivery;
  readonly log: (filter?: DeliveryFilter) => readonly Delivery[];
  readonly find: (id: string) => Delivery | undefined;
  readonly resend: (id: string) => Promise<Delivery>;
  readonly settle: () => Promise<void>;
  /** Like `settle`, but gives up when there is no progress for so many real milliseconds. */
  readonly quiet: (patienceMs: number) => Promise<void>;
  readonly reset: () => void;
}

export interface DispatcherParts {
  readonly breaker: CircuitBreaker;
  readonly clock: SchedulingClock;
  readonly ids: IdSource;
  readonly sign: Signer;
  readonly options: ResolvedWebhookOptions;
  /** Of the regime's jitter: from 0 to 1. */
  readonly random: () => number;
}

/** The platform's log goes back as far. */
const logMs = 30 * 86_400_000;

export function createDispatcher({ breaker, clock, ids, sign, options, random }: DispatcherParts): Dispatcher {
  const regime = retryRegime(options.retry);
  const entries = new Map<string, DeliveryEntry>();
  const underWay = new Set<() => void>();
  const send = async (entry: DeliveryEntry, number: number | "-"): Promise<DeliveryAttempt | undefined> => {
    const atMs = clock.now();
    const startedAt = performance.now();
    entry.headers ??= await sign(entry.bytes);
    if (entry.isForgotten) return undefined;
    const headers = new Headers({ "content-type": "application/json", "user-agent": "ghlkit-emulator", ...entry.headers });
    const { deliver, timeoutMs } = options;
    const posted = await post(entry.what.url, entry.bytes, headers, { deliver, timeoutMs, clock, underWay });
    const tookMs = Math.round((performance.now() - startedAt) * 10) / 10;
    return { number, at: new Date(atMs).toISOString(), ...posted, tookMs };
  };
  const deliver = (entry: DeliveryEntry): void => {
    if (!isDelivered(entry)) breaker.delivered(entry.what.url);
    finish(entry, "delivered");
  };
  const queue = createWorkQueue<DeliveryEntry>(options.concurrency, async (entry) => {
    entry.state = "in-flight";
    if (entry.firstAttemptMs === undefined) breaker.tried(entry.what.url);
    entry.firstAttemptMs ??= clock.now();
    const attempt = await send(entry, automaticAttempts(entry).length + 1);
    if (attempt === undefined || entry.isForgotten) return;
    entry.attempts.push(attempt);
    if (isSuccess(attempt)) deliver(entry);
    else if (!isDelivered(entry)) retryOrFail(entry, attempt);
  });
  const makeReady = (entry: DeliveryEntry): void => {
    finish(entry, "waiting");
    queue.push(entry);
  };
  const wakeAt = (entry: DeliveryEntry, dueMs: number): void => {
    entry.state = "waiting";
    entry.nextAttemptMs = dueMs;
    entry.cancelNext = clock.at(dueMs, () => makeReady(entry));
  };
  const holds = createHolds(makeReady);
  const retryOrFail = (entry: DeliveryEntry, { status }: DeliveryAttempt): void => {
    const past = automaticAttempts(entry);
    const delayMs = regime({
      ...(status !== undefined && { status }),
      attempts: past.length,
      attempts429: past.filter((attempt) => attempt.status === 429).length,
      elapsedMs: clock.now() - (entry.firstAttemptMs ?? clock.now()),
      random,
    });
    if (delayMs === undefined) finish(entry, "failed");
    else wakeAt(entry, clock.now() + Math.round(delayMs));
  };
  const resendOnce = async (entry: DeliveryEntry): Promise<void> => {
    const attempt = await send(entry, "-");
    if (attempt === undefined || entry.isForgotten) return;
    entry.attempts.push(attempt);
    if (isSuccess(attempt)) deliver(entry);
  };
  return {
    dispatch(what, { dueMs = clock.now(), overtakenBy } = {}) {
      const isPaused = breaker.isPaused(what.url);
      const entry = newEntry(ids.uuid(), isPaused ? { ...what, faults: [...what.faults, "paused"] } : what, clock.now());
      entries.set(entry.id, entry);
      forgetOldest(entries, options.logSize);
      if (isPaused || what.faults.includes("drop")) finish(entry, "dropped");
      else if (overtakenBy !== undefined || dueMs > clock.now()) {
        wakeAt(entry, dueMs);
        if (overtakenBy !== undefined) holds.add(entry, overtakenBy);
      } else {
        makeReady(entry);
        holds.overtake(what.url);
      }
      return deliveryOf(entry);
    },
    log: (filter = {}) => filterEntries(entries.values(), filter).map(deliveryOf),
    find(id) {
      const entry = entries.get(id);
      return entry && deliveryOf(entry);
    },
    async resend(id) {
      const entry = entries.get(id);
      if (entry === undefined) throw new Error(`The log has no delivery ${id}.`);
      refuseUnlessFailed(entry, clock.now());
      await queue.now(entry, resendOnce);
      return deliveryOf(entry);
    },
    settle() {
      clock.runDue();
      return queue.settle();
    },
    quiet: queue.quiet,
    reset() {
      for (const entry of entries.values()) entry.isForgotten = true;
      entries.clear();
      queue.clear();
      holds.clear();
      for (const giveUp of underWay) giveUp();
    },
  };
}

function automaticAttempts(entry: DeliveryEntry): readonly DeliveryAttempt[] {
  return entry.attempts.filter(({ number }) => number !== "-");
}

function isSuccess({ status = 0 }: DeliveryAttempt): boolean {
  return status >= 200 && status < 300;
}

/** A manual attempt may have come through meanwhile. */
function isDelivered({ state }: DeliveryEntry): boolean {
  return state === "delivered";
}

/** Into a state in which no attempt is due. */
function finish(entry: DeliveryEntry, state: DeliveryState): void {
  entry.state = state;
  entry.nextAttemptMs = undefined;
  entry.cancelNext?.();
  entry.cancelNext = undefined;
}

function refuseUnlessFailed({ id, state, attempts, createdAtMs }: DeliveryEntry, nowMs: number): void {
  if (attempts.length === 0 || state === "delivered" || state === "in-flight") {
    throw new Error(`Only failed attempts can be sent again, and delivery ${id} is ${state}.`);
  }
  if (nowMs - createdAtMs > logMs) throw new Error(`Delivery ${id} is older than 30 days: the platform's log does not go back as far.`);
}

/** Finished ones only: what waits must not get lost. */
function forgetOldest(entries: Map<string, DeliveryEntry>, size: number): void {
  if (entries.size <= size) return;
  for (const [id, { state }] of entries) {
    if (state !== "waiting" && state !== "in-flight") entries.delete(id);
    if (entries.size <= size) return;
  }
}
