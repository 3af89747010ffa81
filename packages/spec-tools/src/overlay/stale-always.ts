/** First name in an `x-always` that its schema does not have; `undefined` when all are there. */
export function staleAlways(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { "x-always": always, properties } = value as { "x-always"?: readonly string[]; properties?: Record<string, unknown> };
  const stale = always?.find((name) => properties?.[name] === undefined);
  if (stale !== undefined) return stale;
  for (const child of Object.values(value)) {
    const found = staleAlways(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
