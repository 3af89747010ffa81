import { systemClock, type Clock } from "@ghlkit/core";

/** The time of an emulator. */
export interface EmulatorClock extends Clock {
  /** Stops asking for it. From then on time runs on at the machine's pace. */
  readonly close: () => void;
}

interface Timer {
  readonly dueAt: number;
  readonly run: () => void;
  readonly arm: () => void;
  cancel: () => void;
}

/** Network and scheduling make a reading as inexact as this; what is less is no leap. */
const toleranceMs = 50;

/**
 * Follows the clock of an emulator over its control plane, so that an hour passes in a minute for the platform and its applications alike. What is due when time leaps runs
 * in order. An emulator that does not answer leaves time to the machine.
 * @throws Error when it does not answer at first.
 */
export async function followEmulatorClock(baseUrl: string, everyMs = 100): Promise<EmulatorClock> {
  const url = new URL("/_emulator/clock", baseUrl);
  const timers = new Set<Timer>();
  let offset = 0;
  /** Leaps back move the wall time alone. */
  let leaptMs = 0;
  let isOpen = true;
  const monotonic = (): number => performance.now() + leaptMs;

  async function readOffset(): Promise<number> {
    const askedAt = Date.now();
    const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`The emulator at ${baseUrl} does not show its clock: ${answer.status}.`);
    const { nowMs } = (await answer.json()) as { readonly nowMs: number };
    return nowMs - (askedAt + Date.now()) / 2;
  }

  function leap(ms: number): void {
    offset += ms;
    if (ms < 0) return;
    leaptMs += ms;
    for (const timer of [...timers].toSorted((one, other) => one.dueAt - other.dueAt)) {
      // Another one of this leap may have taken it back.
      if (!timers.has(timer)) continue;
      timer.cancel();
      if (timer.dueAt <= monotonic()) timer.run();
      else timer.arm();
    }
  }

  async function follow(): Promise<void> {
    while (isOpen) {
      await new Promise((resolve) => setTimeout(resolve, everyMs));
      const read = await readOffset().catch(() => offset);
      if (isOpen && Math.abs(read - offset) > toleranceMs) leap(read - offset);
    }
  }

  offset = await readOffset();
  void follow();
  return {
    now: () => Math.round(Date.now() + offset),
    monotonic,
    after(ms, action) {
      const timer: Timer = {
        dueAt: monotonic() + ms,
        run() {
          // One that was cancelled by another of the same leap does not run.
          if (timers.delete(timer)) action();
        },
        arm: () => void (timer.cancel = systemClock.after(Math.max(0, timer.dueAt - monotonic()), timer.run)),
        cancel: () => {},
      };
      timers.add(timer);
      timer.arm();
      return () => {
        timer.cancel();
        timers.delete(timer);
      };
    },
    close: () => void (isOpen = false),
  };
}
