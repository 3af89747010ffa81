import { ghlError, isGhlError, type GhlErrorOf } from "@ghlkit/core";
import { storageError } from "../engine/storage-error.ts";
import type { Stores } from "../stores.ts";
import { collect } from "./store-under-test.ts";

/** One end of a channel between processes: a child process, or `process` in the child. */
export interface ProcessChannel {
  on(event: "message", listener: (message: unknown) => void): unknown;
  send?(message: object): unknown;
}

interface Call {
  readonly id: number;
  readonly store: "tokens" | "leases" | "installations" | "states" | "inbox" | "rates" | "journal";
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly reason?: string };
}

/** In the child: does on its own stores what {@link remoteStores} of the parent asks for. */
export function serveStores(stores: Stores, channel: ProcessChannel): void {
  channel.on("message", (message) => {
    if (isCall(message)) void answer(stores, message).then((reply) => channel.send?.(reply));
  });
}

async function answer(stores: Stores, { id, store, method, args }: Call): Promise<Answer> {
  try {
    const target: object = stores[store];
    const run: unknown = Reflect.get(target, method);
    const result: unknown = Reflect.apply(run as () => unknown, target, args);
    if (method !== "list") return { id, result: await result };
    return { id, result: await collect(result as AsyncIterable<unknown>) };
  } catch (error) {
    if (!isGhlError(error)) return { id, error: { code: "invalid_response", message: String(error) } };
    return { id, error: { code: error.code, message: error.message, ...(isGhlError(error, "storage") ? { reason: error.reason } : {}) } };
  }
}

/** In the parent: the stores of a child that runs {@link serveStores}. `lost` fails what is under way when the child dies. */
export function remoteStores(channel: ProcessChannel): Stores & { readonly lost: () => void } {
  const waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>();
  let calls = 0;
  channel.on("message", (message) => {
    if (!isAnswer(message)) return;
    const { id, result, error } = message;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(ghlError(error.code as "storage", error.message, { reason: error.reason } as Pick<GhlErrorOf<"storage">, "reason">));
  });
  const call = (store: Call["store"], method: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = (calls += 1);
      waiting.set(id, { resolve, reject });
      channel.send?.({ id, store, method, args } satisfies Call);
    });
  const remote = <Name extends Call["store"]>(store: Name): Stores[Name] =>
    new Proxy({} as Stores[Name], {
      get: (_target, method) => {
        const run = (...args: unknown[]): Promise<unknown> => call(store, String(method), args);
        return method === "list" ? (...args: unknown[]) => listed(run(...args)) : run;
      },
    });
  return {
    tokens: remote("tokens"),
    leases: remote("leases"),
    installations: remote("installations"),
    states: remote("states"),
    rates: remote("rates"),
    journal: remote("journal"),
    inbox: remote("inbox"),
    close: async () => {},
    lost: () => {
      for (const { reject } of waiting.values()) reject(storageError("unavailable", "The process is gone."));
      waiting.clear();
    },
  };
}

async function* listed(items: Promise<unknown>): AsyncGenerator<unknown, void, undefined> {
  yield* (await items) as readonly unknown[];
}

function isCall(message: unknown): message is Call {
  return typeof message === "object" && message !== null && "method" in message;
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === "object" && message !== null && "id" in message && !("method" in message);
}
