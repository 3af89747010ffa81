import { ghlError, type Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import type { NoticeListener } from "../events/webhook-notice.ts";

/** How long an inbox keeps what was handled or ignored. What waits or is dead stays until it is handled, replayed or removed. */
export interface Retention {
  /**
   * Milliseconds that bodies and headers are kept after the event was handled.
   * @default 604,800,000 (7 days); `Infinity` keeps them
   */
  readonly bodiesMs?: number;
  /**
   * Milliseconds that id and hash are kept after the event arrived: what comes again later is new. Default 2,678,400,000 (31 days),
   * because the platform's log can send an event again for 30 days; less warns on the console. `Infinity` keeps them.
   */
  readonly idsMs?: number;
}

const dayMs = 86_400_000;
const shortestIdsMs = 31 * dayMs;
/** The first run after a start, and the others. */
const firstMs = 60_000;
const everyMs = 3_600_000;
/** Bodies and ids of one run: what is left goes with the next one, soon after. */
const mostOfRun = 10_000;
const soonMs = 1000;

export interface PrunerOptions {
  readonly inbox: Pick<Inbox, "prune">;
  readonly retention: Retention;
  readonly clock: Clock;
  readonly emit: NoticeListener;
}

/** Lets go of what was kept long enough, a bounded lot at a time. */
export interface Pruner {
  readonly start: () => void;
  /** Once, unless it was done within the hour: for who does not start. */
  readonly runDue: () => Promise<void>;
  /** Resolves when the run under way has ended. */
  readonly stop: () => Promise<void>;
}

/** @throws GhlError `invalid_request` for a time that is none. */
export function createPruner({ inbox, retention, clock, emit }: PrunerOptions): Pruner {
  const { bodiesMs = 7 * dayMs, idsMs = shortestIdsMs } = retention;
  if (!(bodiesMs >= 0) || !(idsMs >= 0))
    throw ghlError("invalid_request", "retention: bodiesMs and idsMs must be milliseconds from 0, or Infinity.", {});
  if (idsMs < shortestIdsMs)
    console.warn(`@ghlkit/webhooks: retention.idsMs is ${idsMs}: the platform can send an event again for 30 days, and one whose id is forgotten is handled again.`); // prettier-ignore
  let cancel: () => void = () => {};
  let isStopped = true;
  let running: Promise<boolean> | undefined;
  let dueAt = Number.NEGATIVE_INFINITY;
  let failing = false;

  /** @returns whether more is to go. */
  const prune = async (): Promise<boolean> => {
    dueAt = clock.now() + everyMs;
    try {
      const limits = { bodiesBefore: before(clock.now(), bodiesMs), idsBefore: before(clock.now(), idsMs), atMost: mostOfRun };
      const { bodies, ids } = await inbox.prune(limits);
      if (failing) emit({ type: "prune_recovered" });
      failing = false;
      if (bodies > 0 || ids > 0) emit({ type: "pruned", bodies, ids });
      return bodies >= mostOfRun || ids >= mostOfRun;
    } catch (error) {
      if (!failing) emit({ type: "prune_failed", error });
      failing = true;
      return false;
    }
  };
  const pruneIn = (ms: number): void => {
    cancel = clock.after(ms, () => {
      running = prune();
      void running.then((isMore) => {
        if (!isStopped) pruneIn(isMore ? soonMs : everyMs);
      });
    });
  };

  return {
    start: () => {
      isStopped = false;
      pruneIn(firstMs);
    },
    runDue: async () => {
      if (clock.now() >= dueAt) await prune();
    },
    stop: async () => {
      isStopped = true;
      cancel();
      await running;
    },
  };
}

/** `Infinity` is before all times. */
function before(now: number, keptMs: number): number {
  return Number.isFinite(keptMs) ? Math.max(0, Math.trunc(now - keptMs)) : 0;
}
