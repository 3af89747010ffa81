import { fetchSend, type FetchLike } from "./fetch-send.ts";
import type { Send } from "./send.ts";

/** What takes requests to the network. */
export interface TransportOptions {
  /** @default the global fetch, looked up at each call */
  readonly fetch?: FetchLike | undefined;
  /** Takes requests to the network instead of fetch, such as `undiciSend()` of `ghlkit/node`. Where both are given, `fetch` does. */
  readonly transport?: Send | undefined;
}

/** The innermost {@link Send} that the options ask for. */
export function transportOf({ fetch, transport }: TransportOptions): Send {
  if (fetch === undefined && transport !== undefined) return transport;
  return fetchSend(fetch ?? ((url, init) => globalThis.fetch(url, init)));
}
