/**
 * Makes a listener that cannot stop its caller: whatever it throws, or rejects with where it is asynchronous, is reported as an uncaught
 * error, as it is for the listeners of an EventTarget, and the caller goes on. That is `reportError` where the runtime has it (HTML,
 * "report the exception"); elsewhere the error is thrown from a microtask: Node emits it as `uncaughtException`, which ends a process
 * without a listener for that. This is the rule for every `onEvent` option.
 */
export function detachedListener<Args extends readonly unknown[]>(listen: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      const returned: unknown = listen(...args);
      // A promise, or any other thenable.
      if (typeof returned === "object" && returned !== null) void Promise.resolve(returned).then(undefined, report);
    } catch (error) {
      report(error);
    }
  };
}

function report(error: unknown): void {
  if (typeof globalThis.reportError === "function") return globalThis.reportError(error);
  queueMicrotask(() => {
    throw error;
  });
}
