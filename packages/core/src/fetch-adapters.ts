import type { CallContext } from "./call-context.ts";
import { readBody } from "./read-body.ts";
import { toResponse } from "./read-response.ts";
import { checkNumber } from "./check-number.ts";
import { fetchSend, type FetchLike } from "./fetch-send.ts";
import { originOf } from "./ghl-error.ts";
import { detachedListener } from "./listener.ts";
import { abortedError } from "./sleep.ts";
import { compose, type Layer, type Send } from "./send.ts";
import type { WireBody, WireRequest } from "./wire-request.ts";

/** A {@link Send} on top of any fetch; the body of the answer is read within the attempt. */
export function fromFetch(fetch: FetchLike): Send {
  return readBody(fetchSend(fetch));
}

/**
 * A fetch on top of a {@link Send}: for libraries that want one. It ends when the signal of the call fires, or that of `context`.
 * @throws GhlError `aborted`, and what `send` rejects with.
 */
export function toFetch(send: Send, context: Partial<CallContext> = {}): typeof globalThis.fetch {
  return async (input, init) => {
    const call = createContext({ ...context, signal: eitherOf(signalOf(input, init), context.signal) });
    const wire = await wireRequest(new Request(input, init));
    if (call.signal?.aborted) throw abortedError(call.signal, { ...originOf(call), attempts: 0 });
    return toResponse(await send(wire, call));
  };
}

/** As for fetch: that of `init` counts, `null` for none, before that of a Request. */
function signalOf(input: Parameters<typeof globalThis.fetch>[0], init: RequestInit | undefined): AbortSignal | undefined {
  if (init?.signal !== undefined) return init.signal ?? undefined;
  return typeof input === "object" && "signal" in input ? input.signal : undefined;
}

function eitherOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  return AbortSignal.any([one, other]);
}

/** Puts layers around a plain fetch, without any client. */
export function layeredFetch(layers: readonly Layer[], fetch: FetchLike, context: Partial<CallContext> = {}): typeof globalThis.fetch {
  return toFetch(compose(layers, fromFetch(fetch)), context);
}

/** Reads a Request into a record that can be sent again. */
export async function wireRequest(request: Request): Promise<WireRequest> {
  const headers: Record<string, string> = {};
  request.headers.forEach((value, name) => (headers[name] = value));
  return Object.freeze({ method: request.method, url: request.url, headers, body: await resendable(request) });
}

/**
 * Fills a context with defaults: interactive, first attempt, 30 s per attempt, events unheard. What `emit` throws is reported as an
 * uncaught error, see {@link detachedListener}: layers can rely on it to return.
 */
export function createContext(context: Partial<CallContext> = {}): CallContext {
  checkNumber("createContext", "timeoutMs", context.timeoutMs);
  checkNumber("createContext", "attempt", context.attempt, { least: 1 });
  return {
    operation: context.operation,
    name: context.name,
    principal: context.principal,
    priority: context.priority ?? "interactive",
    signal: context.signal,
    timeoutMs: context.timeoutMs ?? 30_000,
    deadline: context.deadline,
    attempt: context.attempt ?? 1,
    clock: context.clock,
    fresh: context.fresh,
    emit: context.emit === undefined ? ignore : detachedListener(context.emit),
  };
}

function ignore(): void {}

async function resendable(request: Request): Promise<WireBody | undefined> {
  if (request.body === null) return undefined;
  return new Uint8Array(await request.arrayBuffer());
}
