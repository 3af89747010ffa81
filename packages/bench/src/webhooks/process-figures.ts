import { existsSync, readFileSync } from "node:fs";
import { monitorEventLoopDelay, PerformanceObserver } from "node:perf_hooks";

/** What a process knows of its own delays since it was last asked. */
export interface ProcessFigures {
  /** 99th percentile of how late its event loop was, in ms. */
  readonly loopP99Ms: number;
  /** Longest pause for garbage, in ms. */
  readonly longestGcMs: number;
  /** Share of the time in which its main thread could have run and no core was free; NaN where the system does not report it. */
  readonly withoutCore: number;
}

/** Begins to watch this process. */
export function watchProcess(): () => ProcessFigures {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  let longestGcMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestGcMs = Math.max(longestGcMs, duration);
  }).observe({ entryTypes: ["gc"] });
  let since = { at: performance.now(), waitedMs: waitedMs() };
  return () => {
    const now = { at: performance.now(), waitedMs: waitedMs() };
    const loopP99Ms = loop.percentile(99) / 1e6;
    const figures = { loopP99Ms, longestGcMs, withoutCore: (now.waitedMs - since.waitedMs) / (now.at - since.at) };
    loop.reset();
    longestGcMs = 0;
    since = now;
    return figures;
  };
}

/** Time the main thread has waited in the run queue (https://docs.kernel.org/scheduler/sched-stats.html). */
function waitedMs(): number {
  const file = `/proc/self/task/${process.pid}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, "utf8").split(" ")[1]) / 1e6 : Number.NaN;
}
