interface Globals {
  readonly Bun?: unknown;
  readonly Deno?: unknown;
  readonly WebSocketPair?: unknown;
  readonly navigator?: { readonly userAgent?: string };
}

/** What this code runs in, as far as that changes what has to be done. */
export type Runtime = "workers" | "bun" | "deno" | "other";

/** Looked up when needed, so that nothing runs at import. */
export function runtime(): Runtime {
  const { Bun, Deno } = globalThis as Globals;
  if (Bun !== undefined) return "bun";
  if (Deno !== undefined) return "deno";
  return isolatesRequests() ? "workers" : "other";
}

/**
 * Whether each incoming request has I/O of its own, as in Cloudflare Workers: timers, signals and unfinished promises of one request
 * cannot be used by another, and end with it. Plain values can be shared.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent
 */
export function isolatesRequests(): boolean {
  // Asked several times in every call: elsewhere the first look decides, which is ten times as fast as the second.
  const { WebSocketPair } = globalThis as Globals;
  return WebSocketPair !== undefined && (globalThis as Globals).navigator?.userAgent === "Cloudflare-Workers";
}
