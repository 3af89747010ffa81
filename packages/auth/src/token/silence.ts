/** For how long the owner of an intent must have been silent: as long as a lease, and so long that a lost connection to its store is back. */
export function silenceMs(leaseTtlMs: number): number {
  return Math.max(leaseTtlMs, 3_000);
}
