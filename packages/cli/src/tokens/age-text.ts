/** How long ago a time is: `3 h`, `12 days`; `unknown` without one. */
export function ageText(at: number | undefined, now: number): string {
  if (at === undefined) return "unknown";
  const hours = Math.max(0, Math.floor((now - at) / 3_600_000));
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
