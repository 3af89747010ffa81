/** Levels of nesting that a body may have: validators and the journal go down level by level. */
export const mostLevels = 100;

/** Looked at level by level, so that a body that is nested too deeply does not exhaust the stack here. */
export function isDeeper(value: unknown, most: number = mostLevels): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}
