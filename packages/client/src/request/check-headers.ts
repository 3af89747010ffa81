import { invalidRequest } from "./invalid-request.ts";

/**
 * Refuses header values that fetch would refuse: it would do so with an error that quotes the value, and look like a lost
 * request. The value is not shown.
 * @throws GhlError `invalid_request`.
 */
export function checkHeaders(operation: string, headers: Readonly<Record<string, string>> | undefined): void {
  const prototype: unknown = headers === undefined ? null : Object.getPrototypeOf(headers);
  if (prototype !== null && prototype !== Object.prototype)
    throw invalidRequest(operation, "headers must be an object of names and values, such as Object.fromEntries(headers).");
  for (const name in headers) {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) throw invalidRequest(operation, `${JSON.stringify(name)} is no header name.`);
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(String(headers[name])))
      throw invalidRequest(operation, `header ${name} holds a character that no header may hold.`);
  }
}
