/** Listeners of one process, each called on its own, after what they are told of. */
export interface Watchers {
  readonly add: (listener: () => void) => () => void;
  readonly tell: () => void;
}

export function createWatchers(): Watchers {
  const listeners = new Set<() => void>();
  return {
    add: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    tell: () => {
      for (const listener of listeners) queueMicrotask(listener);
    },
  };
}
