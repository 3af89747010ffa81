import { ghlError } from "@ghlkit/core";

/**
 * Refuses a choice that there is not, as from a program without types or from a file: it would be taken for one of the others. `undefined` is none that was made.
 * @param where What takes it, such as `ensure`.
 * @throws GhlError `invalid_request`
 */
export function checkChoice(where: string, name: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || (allowed as readonly unknown[]).includes(value)) return;
  throw ghlError("invalid_request", `${where}: ${name} is ${JSON.stringify(value)}; it takes ${allowed.join(", ")}.`, {});
}
