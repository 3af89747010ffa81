import type { BoundResource } from "@ghlkit/core";
import type { CallOptions } from "./call/call-types.ts";
import type { Pipeline } from "./pipeline.ts";
import { checkedHeaders } from "./request/check-headers.ts";

/** What the calls of one client have in common. */
export interface Scope {
  readonly pipeline: Pipeline;
  /** The location or company that the client is bound to. */
  readonly bound: BoundResource | undefined;
  /** Options of every call, see `with()`. */
  readonly defaults: CallOptions | undefined;
}

/** The options of a call: its own before those of its client. Headers come together, and either signal ends it. */
export function mergeOptions(defaults: CallOptions | undefined, given: CallOptions | undefined): CallOptions | undefined {
  if (defaults === undefined || given === undefined) return given ?? defaults;
  const own = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const headers = { ...checkedHeaders("with", defaults.headers), ...checkedHeaders("The call", given.headers) };
  const signals = [defaults.signal, given.signal].filter((signal) => signal !== undefined);
  return { ...defaults, ...own, headers, ...(signals.length > 1 && { signal: AbortSignal.any(signals) }) };
}
