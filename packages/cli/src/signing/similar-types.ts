import { platformEventTypes } from "@ghlkit/webhooks";

/** Types of events that begin as a mistyped one does, the most alike first; at most five. */
export function similarTypes(wrong: string): readonly string[] {
  const alike = (type: string): number => {
    let at = 0;
    while (at < type.length && type[at]?.toLowerCase() === wrong[at]?.toLowerCase()) at += 1;
    return at;
  };
  const least = Math.max(3, ...platformEventTypes.map((type) => alike(type) - 2));
  return platformEventTypes
    .filter((type) => alike(type) >= least)
    .toSorted((a, b) => alike(b) - alike(a))
    .slice(0, 5);
}
