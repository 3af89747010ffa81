import type { WireResponse } from "./wire-response.ts";

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Redirects of one read that are followed (half of what fetch follows): a longer chain is a loop. */
export const mostRedirects = 10;

/**
 * Where an answer to a read leads on to, within the origin that it came from; `undefined` for any other answer and place: what another host
 * answers is no answer of the platform.
 */
export function redirectTarget({ status, headers }: Pick<WireResponse, "status" | "headers">, from: string): string | undefined {
  const location = redirects.has(status) ? headers.get("location") : null;
  if (location === null || !URL.canParse(location, from)) return undefined;
  const target = new URL(location, from);
  const stays = target.username === "" && target.password === "" && target.origin === new URL(from).origin;
  return stays ? target.href : undefined;
}
