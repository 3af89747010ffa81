import type { Measure } from "./measure.ts";

/** A part of a benchmark; its name is that of the function. */
export type Part = () => Promise<readonly Measure[]>;

/** The part that is asked for alone: `GHLKIT_PART=<name>`. */
export const onlyPart: string | undefined = process.env["GHLKIT_PART"];

/** What is wrong with asking for one part alone: that takes exactly one benchmark, and one that has parts. */
export function partProblem(
  wanted: readonly string[],
  { only = onlyPart, withParts }: { readonly only?: string | undefined; readonly withParts: readonly string[] },
): string | undefined {
  if (only === undefined) return undefined;
  const [name = "", ...more] = wanted;
  if (more.length === 0 && withParts.includes(name)) return undefined;
  return `GHLKIT_PART=${only} takes the name of one benchmark that has parts: ${withParts.join(", ")}.`;
}

/** Runs the parts of a benchmark one after the other, or one alone. @throws Error for a name that is none */
export async function runParts(parts: readonly Part[], only: string | undefined = onlyPart): Promise<readonly Measure[]> {
  const chosen = only === undefined ? parts : parts.filter(({ name }) => name === only);
  if (chosen.length === 0) throw new Error(`There is no part ${only}. There are: ${parts.map(({ name }) => name).join(", ")}.`);
  const measures: Measure[] = [];
  for (const part of chosen) measures.push(...(await part()));
  return measures;
}

/** The results of before with the rows of a part in their places: rows that are new stand behind its last one. */
export function mergeMeasures(before: readonly Measure[], part: readonly Measure[]): readonly Measure[] {
  const again = new Map(part.map((row) => [row.measure, row]));
  const merged = before.map((row) => again.get(row.measure) ?? row);
  const known = new Set(before.map((row) => row.measure));
  const last = before.findLastIndex((row) => again.has(row.measure));
  return merged.toSpliced(last === -1 ? merged.length : last + 1, 0, ...part.filter((row) => !known.has(row.measure)));
}
