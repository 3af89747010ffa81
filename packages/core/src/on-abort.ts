import { watchedAbortOf } from "./watched-abort.ts";

const watched = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Runs `action` once when the signal fires; the function returned takes it back. However many calls share a signal, it has one
 * listener: adding a listener costs in proportion to those that are there, and ten thousand queued calls of one job would notice.
 */
export function onAbort(signal: AbortSignal, action: () => void): () => void {
  const own = watchedAbortOf(signal);
  if (own !== undefined) return own.watch(action);
  const actions = watched.get(signal) ?? watch(signal);
  actions.add(action);
  return () => void actions.delete(action);
}

function watch(signal: AbortSignal): Set<() => void> {
  const actions = new Set<() => void>();
  watched.set(signal, actions);
  const fire = (): void => {
    for (const action of actions) action();
    actions.clear();
  };
  signal.addEventListener("abort", fire, { once: true });
  return actions;
}
