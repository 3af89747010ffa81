import { ghlError } from "@ghlkit/core";

/**
 * Refuses a key that names nothing: all intents whose id is missing would be one, and only the first of them would be carried out.
 * @param where What takes the key, such as `send`.
 * @throws GhlError `invalid_request`
 */
export function checkKey(where: string, key: unknown): void {
  if (typeof key === "string" && key.trim() !== "") return;
  throw ghlError(
    "invalid_request",
    `${where}: the key must be a text that names the intent; it is ${JSON.stringify(key) ?? "undefined"}.`,
    {},
  );
}
