export { createManualClock, type ManualClock } from "./manual-clock.ts";
export { runOnClock, type RunOnClockOptions } from "./run-on-clock.ts";
