import { invalidRequest } from "./invalid-request.ts";

/** Headers that say how a message is framed or where it goes: fetch sets them, and waits for what they promise. */
const ofFetch: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Headers of a call with their names in lower case, without those that are `undefined`. Refuses what fetch would refuse: it would do so with
 * an error that quotes the value, and look like a lost request. The value is not shown.
 *
 * @throws GhlError `invalid_request`.
 */
export function checkedHeaders(operation: string, headers: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  if (headers === undefined) return {};
  const prototype: unknown = typeof headers === "object" && headers !== null ? Object.getPrototypeOf(headers) : "none";
  if (prototype !== null && prototype !== Object.prototype)
    throw invalidRequest(operation, "headers must be an object of names and values, such as Object.fromEntries(headers).");
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers as Readonly<Record<string, unknown>>)) {
    if (value === undefined) continue;
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw invalidRequest(operation, `${JSON.stringify(name)} is no header name.`);
    if (ofFetch.has(name.toLowerCase())) throw invalidRequest(operation, `header ${name} is set by fetch.`);
    if (typeof value !== "string") throw invalidRequest(operation, `header ${name} must be a text.`);
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw invalidRequest(operation, `header ${name} holds a character that no header may hold.`);
    checked[name.toLowerCase()] = value;
  }
  return checked;
}
