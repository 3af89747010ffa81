/** The signals of {@link WatchedAbort}s know theirs. */
const owner: unique symbol = Symbol("ghlkit.abort");

interface Owned {
  [owner]?: WatchedAbort;
}

/**
 * An AbortController whose signal `onAbort` watches without a listener: adding and removing one costs more than all the rest of an attempt's
 * timeout, and every attempt has a signal of its own.
 */
export class WatchedAbort {
  readonly #controller = new AbortController();
  #actions: Set<() => void> | undefined;

  constructor() {
    (this.signal as Owned)[owner] = this;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
    const actions = this.#actions;
    this.#actions = undefined;
    for (const action of actions ?? []) action();
  }

  /** Runs `action` at the abort; the function returned takes it back. */
  watch(action: () => void): () => void {
    const actions = (this.#actions ??= new Set());
    actions.add(action);
    return () => void actions.delete(action);
  }
}

/** The one that a signal belongs to; `undefined` for any other signal. */
export function watchedAbortOf(signal: AbortSignal): WatchedAbort | undefined {
  return (signal as Owned)[owner];
}
