import { isDeepStrictEqual } from "node:util";

/**
 * Merges an update that replaces nothing: objects grow, lists grow. Whatever it would overwrite fails, since the vendor has
 * then said something of his own there; a correction has to name it (`x-expects`).
 */
export function mergeUpdate(target: unknown, update: unknown, fail: (reason: string) => never): unknown {
  if (Array.isArray(target) && Array.isArray(update)) {
    const known = update.find((one) => target.some((other) => isDeepStrictEqual(one, other) || sameName(one, other)));
    if (known !== undefined) fail(`the list already has ${JSON.stringify(known)}`);
    return [...target, ...update];
  }
  if (isRecord(target) && isRecord(update)) {
    const merged = { ...target };
    for (const [key, value] of Object.entries(update)) {
      merged[key] = key in target ? mergeUpdate(target[key], value, fail) : value;
    }
    return merged;
  }
  return fail(`would overwrite ${JSON.stringify(target)}: say so with x-expects`);
}

function sameName(one: unknown, other: unknown): boolean {
  return isRecord(one) && isRecord(other) && one["name"] !== undefined && one["name"] === other["name"] && one["in"] === other["in"];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
