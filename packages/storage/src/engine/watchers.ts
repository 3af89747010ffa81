/** Listeners of one process, each called on its own, after the change. One that throws is printed on the console and stays. */
export interface Watchers {
  readonly add: (listener: () => void) => () => void;
  readonly notify: () => void;
}

/** The listeners of an inbox. A listener that throws is reported on the console and is called again with the next delivery. */
export function createWatchers(): Watchers {
  const listeners = new Set<() => void>();
  return {
    add: (listener) => {
      const own = (): void => {
        try {
          listener();
        } catch {
          console.error("@ghlkit/storage: a listener of inbox.watch threw, and is called again with the next delivery.");
        }
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
    notify: () => {
      for (const listener of listeners) queueMicrotask(listener);
    },
  };
}
