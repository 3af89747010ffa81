import { setTimeout as wait } from "node:timers/promises";

/** Work that is done in order, some of it at once. */
export interface WorkQueue<T> {
  /** Starts soon, never before the caller is done. */
  readonly push: (item: T) => void;
  /** Starts now, whatever else waits. */
  readonly now: (item: T, work: (item: T) => Promise<void>) => Promise<void>;
  /** Resolves when nothing waits and nothing is under way. */
  readonly settle: () => Promise<void>;
  /** Like `settle`, but gives up when nothing has been finished for so many real milliseconds. */
  readonly quiet: (patienceMs: number) => Promise<void>;
  /** Forgets what waits. */
  readonly clear: () => void;
}

/** @param work Must not reject. */
export function createWorkQueue<T>(concurrency: number, work: (item: T) => Promise<void>): WorkQueue<T> {
  let waiting: T[] = [];
  let next = 0;
  let underWay = 0;
  let finished = 0;
  let idle = Promise.withResolvers<void>();
  const isIdle = (): boolean => underWay === 0 && next >= waiting.length;
  const now = async (item: T, how: (item: T) => Promise<void>): Promise<void> => {
    underWay += 1;
    await how(item);
    underWay -= 1;
    finished += 1;
    pump();
    if (!isIdle()) return;
    idle.resolve();
    idle = Promise.withResolvers<void>();
  };
  const pump = (): void => {
    while (underWay < concurrency && next < waiting.length) void now(waiting[next++] as T, work);
    // Taken from the front one by one, a long queue would be copied as often.
    if (next >= waiting.length && next > 0) {
      waiting = [];
      next = 0;
    }
  };
  const settle = async (): Promise<void> => {
    while (!isIdle()) await idle.promise;
  };
  return {
    now,
    settle,
    push(item) {
      waiting.push(item);
      queueMicrotask(pump);
    },
    async quiet(patienceMs) {
      for (let before = -1; !isIdle() && before !== finished;) {
        before = finished;
        const progress = new AbortController();
        await Promise.race([settle(), wait(patienceMs, undefined, { signal: progress.signal }).catch(() => undefined)]);
        progress.abort();
      }
    },
    clear() {
      waiting = [];
      next = 0;
    },
  };
}
