/** Full jitter: anywhere between nothing and a ceiling that doubles with every attempt, so that callers spread out. */
export function backoffMs(attempt: number, baseMs: number, maxMs: number, random: () => number): number {
  return Math.round(random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
}
