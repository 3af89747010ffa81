/** Milliseconds since the machine started: the same for all of its processes, and never set. */
export function steadyNow(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
