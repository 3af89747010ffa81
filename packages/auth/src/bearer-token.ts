import { ghlError } from "@ghlkit/core";
import { Secret } from "./secret.ts";

/**
 * Takes a token as it was configured.
 * @throws GhlError `invalid_request` for what a header cannot carry or what is no token (RFC 6750 2.1): empty, spaces, line ends, quotes around it, a `Bearer` in front. The token is not shown.
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
  if (/^(undefined|null|NaN|\[object Object\])$/.test(token))
    return `is the text "${token}": was a variable missing where it was put together?`;
  if (/^(["'`]).*\1$/.test(token))
    return "is in quotes: give the token without them (a .env file that is passed on as it is keeps its quotes)";
  // The b64token of RFC 6750 2.1.
  if (!/^[\w.~+/-]+=*$/.test(token))
    return "contains a character that no token has: was it copied from a formatted text, or from an example?";
  return undefined;
}
