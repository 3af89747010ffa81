/** The finding of a number that should not be negative. */
export function belowZero(name: string, value: unknown): readonly string[] {
  return typeof value === "number" && value < 0 ? [`${name} must not be less than 0`] : [];
}
