interface Globals {
  readonly Bun?: unknown;
  readonly Deno?: unknown;
  readonly navigator?: { readonly userAgent?: string };
}

/** What this code runs in, as far as that changes what has to be done. */
export type Runtime = "workers" | "bun" | "deno" | "other";

/** Looked up when needed, so that nothing runs at import. */
export function runtime(): Runtime {
  const { Bun, Deno, navigator } = globalThis as Globals;
  // https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent
  if (navigator?.userAgent === "Cloudflare-Workers") return "workers";
  if (Bun !== undefined) return "bun";
  return Deno === undefined ? "other" : "deno";
}

/**
 * Whether each incoming request has I/O of its own, as in Cloudflare Workers: timers, signals and unfinished promises of one request
 * cannot be used by another, and end with it. Plain values can be shared.
 */
export function isolatesRequests(): boolean {
  return runtime() === "workers";
}
