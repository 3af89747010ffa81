import { ghlError } from "@ghlkit/core";
import { Secret } from "./secret.ts";

/**
 * Takes a token as it was configured.
 * @throws GhlError `invalid_request` for what a header cannot carry or what is no token: empty, spaces, line ends, a `Bearer` in front. The token is not shown.
 */
export function bearerToken(token: unknown): Secret {
  const problem = problemOf(token);
  if (problem !== undefined) throw ghlError("invalid_request", `The token ${problem}.`, {});
  return new Secret(token as string);
}

function problemOf(token: unknown): string | undefined {
  if (typeof token !== "string" || token === "") return "is empty: is the environment variable set?";
  if (/^bearer\s/i.test(token)) return 'starts with "Bearer": give the token alone';
  if (/\s/.test(token)) return "contains a space or a line end: was it copied whole, and trimmed?";
  if (!/^[\x21-\x7e]+$/.test(token)) return "contains a character that no token has: was it copied from a formatted text?";
  return undefined;
}
