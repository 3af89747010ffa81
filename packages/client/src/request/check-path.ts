import { invalidRequest } from "./invalid-request.ts";

/**
 * Refuses a path that leads elsewhere than it says, for the token goes wherever it leads: only one of the platform's own host, without
 * steps upwards, and without what a URL parser would take out of it before it looks for those (line ends and tabs) or read as something
 * else.
 *
 * @throws GhlError `invalid_request`.
 */
export function checkPath(operation: string, path: string): void {
  if (typeof path !== "string" || !path.startsWith("/") || path.startsWith("//") || /[?#\\]/.test(path))
    throw invalidRequest(operation, 'path must start with one "/" and carry no query: put it under "query".');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\s\u0000-\u001f\u007f-\u009f]/.test(path))
    throw invalidRequest(operation, "path must not contain white space or control characters: encode values with encodeURIComponent.");
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
    throw invalidRequest(operation, "path must not contain . or .. segments.");
}
