import type { Probed } from "@ghlkit/resilience";

/** The clocks of journal and platform differ by a little. */
export const skewMs = 2000;

/**
 * Looks in a list for what an attempt may have made, among what was made since it began.
 * @returns `undefined` for two that fit: which of them it is cannot be known, so that a person has to look.
 */
export async function findMade<Wire extends { readonly createdAt?: string | undefined }, Made>(
  list: AsyncIterable<Wire>,
  startedAt: number,
  read: (wire: Wire) => Made | undefined,
): Promise<Probed<Made> | undefined> {
  const fits: Made[] = [];
  for await (const wire of list) {
    if (wire.createdAt !== undefined && Date.parse(wire.createdAt) < startedAt - skewMs) continue;
    const made = read(wire);
    if (made !== undefined) fits.push(made);
  }
  const [found, another] = fits;
  if (another !== undefined) return undefined;
  return found === undefined ? { happened: false } : { happened: true, result: found };
}
