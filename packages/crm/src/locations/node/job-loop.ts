import type { Clock } from "@ghlkit/core";
import type { HandedOutJob, JobQueue } from "./job-queue.ts";

/** Pauses between looks at the queue: after one that found something, or when a job has ended; and after one that found nothing. */
const busyMs = 100;
const idleMs = 500;

/** Options of createJobLoop. */
export interface JobLoopOptions<Data> {
  readonly boss: JobQueue;
  readonly queue: string;
  /** Jobs under way at a time. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** Carries out a job, and settles it in the queue. */
  readonly carryOut: (job: HandedOutJob<Data>) => Promise<void>;
  /** The queue cannot be reached: it is looked at again. What was handed out and not settled is handed out again when it expires. */
  readonly onFailure: (error: unknown) => void;
  /** It can be reached again. */
  readonly onRecovery: () => void;
}

/** Takes as many jobs as are free hands, each by itself: one that takes long holds up no other. */
export interface JobLoop {
  readonly start: () => void;
  /** Takes no more; resolves when those under way have ended. */
  readonly stop: () => Promise<void>;
}

/** Makes a loop that has not begun. */
export function createJobLoop<Data>(options: JobLoopOptions<Data>): JobLoop {
  const { boss, queue, concurrency, clock, carryOut, onFailure, onRecovery } = options;
  const underWay = new Set<Promise<void>>();
  let isRunning = false;
  let looking: Promise<void> | undefined;
  let hasFailed = false;
  let cancel = (): void => {};
  const lookIn = (ms: number): void => {
    cancel();
    if (isRunning) cancel = clock.after(ms, look);
  };
  const failed = (error: unknown): void => {
    if (!hasFailed) onFailure(error);
    hasFailed = true;
  };
  const begin = (job: HandedOutJob<Data>): void => {
    const work: Promise<void> = carryOut(job)
      .catch(failed)
      .finally(() => {
        underWay.delete(work);
        if (looking === undefined) lookIn(busyMs);
      });
    underWay.add(work);
  };
  const take = async (): Promise<number> => {
    const free = concurrency - underWay.size;
    if (free <= 0) return 0;
    const jobs = await boss.fetch<Data>(queue, { batchSize: free });
    if (hasFailed) onRecovery();
    hasFailed = false;
    for (const job of jobs) begin(job);
    return jobs.length;
  };
  const look = (): void => {
    looking = take()
      .catch((error: unknown) => {
        failed(error);
        return 0;
      })
      .then((found) => {
        looking = undefined;
        lookIn(found > 0 ? busyMs : idleMs);
      });
  };
  return {
    start: () => {
      if (isRunning) return;
      isRunning = true;
      look();
    },
    stop: async () => {
      isRunning = false;
      cancel();
      await looking;
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
