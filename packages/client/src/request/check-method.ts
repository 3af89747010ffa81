import { invalidRequest } from "./invalid-request.ts";

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Refuses a method that fetch would refuse, and a body that it would: it would look like a lost request.
 * @param method In upper case.
 * @throws GhlError `invalid_request`.
 */
export function checkMethod(operation: string, method: string, body: unknown): void {
  if (!methods.has(method)) throw invalidRequest(operation, `the method must be one of ${[...methods].join(", ")}.`);
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    throw invalidRequest(operation, `a ${method} has no body: put what it asks for under "query".`);
}
