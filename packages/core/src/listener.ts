/**
 * Makes a listener that cannot stop what it listens to: whatever it throws is reported as an uncaught error, as it is for the listeners
 * of an EventTarget, and the caller goes on. That is `reportError` where the runtime has it (HTML, "report the exception"); elsewhere the
 * error is thrown from a microtask, so that Node hands it to `uncaughtException` and, when nobody listens there, ends the process.
 */
export function detachedListener<Args extends readonly unknown[]>(listen: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      listen(...args);
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
