import { detachedListener, systemClock, untraced, type Clock } from "@ghlkit/core";
import type { ClaimedDelivery, Inbox } from "@ghlkit/storage";
import type { NoticeListener } from "../events/webhook-notice.ts";
import { handleDelivery, type HandlingOptions } from "./handle-delivery.ts";
import type { Handlers } from "./handlers.ts";
import { checkTimers } from "./check-timers.ts";
import { createPruner } from "./retention.ts";
import { defaultRetry } from "./retry-delay.ts";
import { RunningHandlers } from "./running-handlers.ts";
import { checkWorkerOptions, type WorkerOptions } from "./worker-options.ts";

/** Options of {@link createWebhookWorker}. */
export interface WebhookWorkerOptions<Transaction> extends WorkerOptions {
  /** Where the events are claimed from. */
  readonly inbox: Inbox<Transaction>;
  /** What handles the events, by type. */
  readonly handlers: Handlers<Transaction>;
  /** Receives what happens, for logs and metrics. */
  readonly onEvent?: NoticeListener;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Handles what an inbox keeps. */
export interface WebhookWorker {
  /** Begins; does nothing when it runs. @throws GhlError `invalid_request` in Cloudflare Workers, whose timers end with their request. */
  readonly start: () => void;
  /**
   * Handles what is due now, without starting: for tests, cron jobs and platforms without background work. Does not wait for a
   * handler that is overdue: `overdue` counts those that still run, and is absent when there are none.
   */
  readonly runDue: () => Promise<{ readonly handled: number; readonly overdue?: number }>;
  /**
   * Takes nothing more and waits for what is being handled. It is not started again: make another one.
   * @param timeoutMs After it, waiting for a store that is down and for handlers that are overdue is given up. Default 30,000. The
   *   lease of a handler that still runs then is renewed as long as the process and the store live: end the process.
   */
  readonly close: (timeoutMs?: number) => Promise<void>;
}

/**
 * @see WorkerOptions for the defaults.
 * @throws GhlError `invalid_request` for options that are wrong.
 */
export function createWebhookWorker<Transaction>(options: WebhookWorkerOptions<Transaction>): WebhookWorker {
  checkWorkerOptions(options);
  const { inbox, concurrency = 16, leaseMs = 30_000, pollMs = 500, clock = systemClock } = options;
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  // Made when they are first needed: Workers refuse random values and signals before the first request.
  const owner = once(() => options.name ?? `worker-${crypto.randomUUID()}`);
  const giveUp = once(() => new AbortController());
  const handling = once((): HandlingOptions<Transaction> => ({
    inbox,
    handlers: options.handlers,
    handlerTimeoutMs: options.handlerTimeoutMs ?? 30_000,
    leaseMs,
    retry: { ...defaultRetry, ...options.retry },
    stale: options.stale ?? "deliver",
    clock,
    trace: options.trace ?? untraced,
    emit,
    onOverdue: () => onOverdue(),
    giveUp: giveUp().signal,
  }));
  const pruner = createPruner({ inbox, retention: options.retention ?? {}, clock, emit });
  const running = new RunningHandlers(concurrency);
  let state: "idle" | "running" | "closed" = "idle";
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let failing = false;
  let blocked = false;
  let cancelPoll: () => void = () => {};
  let unwatch: () => void = () => {};

  const isRunning = (): boolean => state === "running";

  type Entry = ReturnType<RunningHandlers["add"]>;
  const run = (claimed: ClaimedDelivery): Entry => {
    const entry = running.add(claimed, (setOverdue) =>
      handleDelivery(claimed, handling(), setOverdue).catch((error: unknown) => emit({ type: "worker_failed", error })),
    );
    void entry.ended.then(() => {
      if (!blocked || running.capacity === 0) return;
      blocked = false;
      emit({ type: "worker_unblocked" });
    });
    return entry;
  };

  /** Begins those whose entity is free here. The others go back, uncounted: they are taken again when the handler has ended. */
  const begin = async (claims: readonly ClaimedDelivery[]): Promise<readonly Entry[]> => {
    const busy = claims.filter(({ delivery }) => running.has(delivery.entity));
    const begun = claims.filter((claimed) => !busy.includes(claimed)).map(run);
    await giveBack(busy);
    return begun;
  };

  const giveBack = (claims: readonly ClaimedDelivery[]): Promise<unknown> =>
    Promise.allSettled(claims.map((claimed) => inbox.release(claimed)));

  /** One more slot is free, or none is left to give. */
  const onOverdue = (): void => {
    if (running.capacity > 0) return look();
    if (!blocked) emit({ type: "worker_blocked", overdue: running.overdue });
    blocked = true;
  };

  /** Claims until nothing is due or all hands are full. */
  const claimAll = async (): Promise<void> => {
    try {
      do {
        lookAgain = false;
        const limit = running.free;
        if (!isRunning() || limit <= 0) break;
        const claims = await inbox.claim({ owner: owner(), limit, leaseMs });
        // Closed meanwhile: others may have them now instead of when the leases end.
        if (isRunning()) for (const { ended } of await begin(claims)) void ended.then(look);
        else await giveBack(claims);
        if (failing) emit({ type: "worker_recovered" });
        failing = false;
      } while (lookAgain);
    } catch (error) {
      if (!failing) emit({ type: "worker_failed", error });
      failing = true;
    }
  };

  /** One look at a time; who asks meanwhile gets another one after it. */
  const look = (): void => {
    lookAgain = true;
    looking ??= claimAll().finally(() => {
      looking = undefined;
      // Asked after the last claim and before this.
      if (lookAgain && !failing) look();
    });
  };

  const poll = (): void => {
    cancelPoll = clock.after(pollMs, () => {
      look();
      if (isRunning()) poll();
    });
  };

  return {
    start: () => {
      checkTimers("worker.start()");
      if (state !== "idle") return;
      state = "running";
      unwatch = inbox.watch(look);
      poll();
      pruner.start();
      look();
    },
    runDue: async () => {
      await pruner.runDue();
      let begun = 0;
      while (running.capacity > 0) {
        const claims = await inbox.claim({ owner: owner(), limit: running.capacity, leaseMs });
        const entries = await begin(claims);
        if (entries.length === 0) break;
        await Promise.all(entries.map(({ endedOrOverdue }) => endedOrOverdue));
        begun += entries.length;
      }
      const { overdue } = running;
      return { handled: begun - Math.min(begun, overdue), ...(overdue === 0 ? {} : { overdue }) };
    },
    close: async (timeoutMs = 30_000) => {
      state = "closed";
      cancelPoll();
      unwatch();
      const givenUp = new Promise<void>((resolve) => giveUp().signal.addEventListener("abort", () => resolve(), { once: true }));
      const cancel = clock.after(timeoutMs, () => giveUp().abort());
      // A store that does not answer is not waited for; a handler is, until its time is up.
      await Promise.race([Promise.all([looking, pruner.stop()]), givenUp]);
      await Promise.race([running.allEnded(), Promise.all([givenUp, running.allEndedOrOverdue()])]);
      if (running.overdue > 0) emit({ type: "close_gave_up", overdue: running.overdue });
      cancel();
    },
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
