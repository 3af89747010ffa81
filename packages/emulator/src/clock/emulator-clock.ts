import { BoundsError } from "../bounds/check-value.ts";
import { checkTime } from "./clock-bounds.ts";
import { createSchedule } from "./schedule.ts";

/** Where the emulator takes its time from. */
export interface TimeSource {
  /** Milliseconds since epoch. */
  readonly now: () => number;
  /**
   * Runs `action` after `ms` and returns what cancels it: what is due, such as the retry of a webhook, then happens when this clock
   * says so. Every `Clock` of ghlkit has it. Default: a timer of the machine.
   */
  readonly after?: (ms: number, action: () => void) => () => void;
}

/** Time as the emulator's platform sees it: the source, moved by the controls. */
export interface EmulatorClock extends Pick<TimeSource, "now"> {
  /** Moves on by `ms` in one leap; what became due meanwhile happens now, once. Negative values move back. Returns the new time. */
  readonly advance: (ms: number) => number;
  /** Jumps to `ms` since epoch and runs on from there. Returns the new time. */
  readonly set: (ms: number) => number;
  /**
   * Moves on by `ms`, stopping wherever something is due, such as the retry of a webhook, until that has happened: what
   * follows from it within the stretch happens, too. Resolves to the new time.
   */
  readonly run: (ms: number, options?: RunOptions) => Promise<number>;
  /** Back to the source. */
  readonly reset: () => void;
}

/** How `clock.run` waits for what takes real time. */
export interface RunOptions {
  /** How long a stop may last without progress, in real milliseconds, before time goes on: an endpoint may never answer. Default 2000. */
  readonly patienceMs?: number;
}

/** The clock as the emulator's own parts see it. */
export interface SchedulingClock extends EmulatorClock {
  /** Does something at a time. Returns what takes it back. */
  readonly at: (dueMs: number, run: () => void) => () => void;
  /** Does what is due by now: a source may have moved by itself. */
  readonly runDue: () => void;
  /** Has `run` wait for something at each stop. */
  readonly waitFor: (quiet: (patienceMs: number) => Promise<void>) => void;
}

/** Timers of a clock that stands still would otherwise go off all the time. */
const shortestTimerMs = 20;
const longestTimerMs = 2 ** 31 - 1;

export function createEmulatorClock(source: TimeSource = { now: () => Date.now() }): SchedulingClock {
  const schedule = createSchedule();
  const quiets: ((patienceMs: number) => Promise<void>)[] = [];
  const after = source.after ?? machineTimer;
  let offsetMs = 0;
  let cancelTimer: () => void = () => {};
  const now = (): number => source.now() + offsetMs;
  const arm = (): void => {
    cancelTimer();
    const next = schedule.nextDueMs();
    if (next !== undefined) cancelTimer = after(Math.max(next - now(), 0), runDue);
  };
  const runDue = (): void => {
    schedule.runDue(now());
    arm();
  };
  const set = (ms: number): number => {
    offsetMs = checkTime(ms) - source.now();
    runDue();
    return now();
  };
  return {
    now,
    set,
    runDue,
    advance: (ms) => set(now() + ms),
    async run(ms, { patienceMs = 2000 } = {}) {
      if (!(ms >= 0)) throw new BoundsError("The clock runs on by milliseconds from 0.");
      const untilMs = checkTime(now() + ms);
      const quiet = (): Promise<unknown> => Promise.all(quiets.map((wait) => wait(patienceMs)));
      for (await quiet(); ; await quiet()) {
        const next = schedule.nextDueMs();
        if (next === undefined || next > untilMs) break;
        set(Math.max(next, now()));
      }
      return untilMs > now() ? set(untilMs) : now();
    },
    at(dueMs, run) {
      const isNext = dueMs < (schedule.nextDueMs() ?? Number.POSITIVE_INFINITY);
      const cancel = schedule.at(dueMs, run);
      if (isNext) arm();
      return cancel;
    },
    waitFor: (quiet) => void quiets.push(quiet),
    reset() {
      offsetMs = 0;
      schedule.clear();
      cancelTimer();
    },
  };
}

function machineTimer(ms: number, action: () => void): () => void {
  const timer = setTimeout(action, Math.min(Math.max(ms, shortestTimerMs), longestTimerMs));
  // What is due in ten minutes must not keep a process alive.
  timer.unref();
  return () => clearTimeout(timer);
}
