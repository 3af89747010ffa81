import { systemClock, type Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import { safeListener } from "../receiver/safe-listener.ts";
import type { NoticeListener } from "../receiver/webhook-notice.ts";
import { handleDelivery, type HandlingOptions } from "./handle-delivery.ts";
import type { Handlers } from "./handlers.ts";
import { checkTimers } from "./check-timers.ts";
import { createPruner } from "./retention.ts";
import { defaultRetry } from "./retry-delay.ts";
import type { WorkerOptions } from "./worker-options.ts";

export interface WebhookWorkerOptions<Transaction> extends WorkerOptions {
  readonly inbox: Inbox<Transaction>;
  readonly handlers: Handlers<Transaction>;
  readonly emit?: NoticeListener;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** Handles what an inbox keeps. */
export interface WebhookWorker {
  /** Begins; does nothing when it runs. @throws GhlError `invalid_request` in Cloudflare Workers, whose timers end with their request. */
  readonly start: () => void;
  /** Handles what is due now, without starting: for tests, cron jobs and platforms without background work. */
  readonly runDue: () => Promise<{ readonly handled: number }>;
  /**
   * Takes nothing more and waits for what is being handled. It is not started again: make another one.
   * @param timeoutMs After it, waiting for a store that is down is given up; leases end by themselves. Default 30,000.
   */
  readonly close: (timeoutMs?: number) => Promise<void>;
}

/**
 * @see WorkerOptions for the defaults.
 * @throws GhlError `invalid_request` for options that are wrong.
 */
export function createWebhookWorker<Transaction>(options: WebhookWorkerOptions<Transaction>): WebhookWorker {
  const { inbox, concurrency = 16, leaseMs = 30_000, pollMs = 500, clock = systemClock } = options;
  const emit = safeListener(options.emit);
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
    emit,
    giveUp: giveUp().signal,
  }));
  const pruner = createPruner({ inbox, retention: options.retention ?? {}, clock, emit });
  const running = new Set<Promise<void>>();
  let state: "idle" | "running" | "closed" = "idle";
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let failing = false;
  let cancelPoll: () => void = () => {};
  let unwatch: () => void = () => {};

  const isRunning = (): boolean => state === "running";

  const handle = (claimed: Parameters<typeof handleDelivery>[0]): Promise<void> => {
    const work = handleDelivery(claimed, handling()).catch((error: unknown) => emit({ type: "worker_failed", error }));
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  };

  /** Claims until nothing is due or all hands are full. */
  const claimAll = async (): Promise<void> => {
    try {
      do {
        lookAgain = false;
        const limit = concurrency - running.size;
        if (!isRunning() || limit <= 0) break;
        const claims = await inbox.claim({ owner: owner(), limit, leaseMs });
        // Closed meanwhile: others may have them now instead of when the leases end.
        if (isRunning()) for (const claimed of claims) void handle(claimed).then(look);
        else await Promise.allSettled(claims.map((claimed) => inbox.release(claimed)));
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
      for (let handled = 0; ;) {
        const claims = await inbox.claim({ owner: owner(), limit: concurrency, leaseMs });
        if (claims.length === 0) return { handled };
        await Promise.all(claims.map(handle));
        handled += claims.length;
      }
    },
    close: async (timeoutMs = 30_000) => {
      state = "closed";
      cancelPoll();
      unwatch();
      const givenUp = new Promise<void>((resolve) => giveUp().signal.addEventListener("abort", () => resolve(), { once: true }));
      const cancel = clock.after(timeoutMs, () => giveUp().abort());
      // A store that does not answer is not waited for; a handler is.
      await Promise.race([Promise.all([looking, pruner.stop()]), givenUp]);
      await Promise.all(running);
      cancel();
    },
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
