import { abortedError, onAbort, originOf, type CallContext, type Layer } from "@ghlkit/core";
import { reuseKey } from "./reuse-key.ts";

/** An execution that several callers wait for. */
interface Shared {
  readonly answer: Promise<Response>;
  /** Ends it; `undefined` when its first caller cannot be aborted, so that somebody always waits. */
  readonly controller: AbortController | undefined;
  waiting: number;
}

/**
 * Lets identical reads that are under way at the same time share one execution: same principal, credentials, lane, URL and Version. An
 * abort ends its own caller's wait at once; the execution ends when nobody waits for it any more.
 */
export function withCollapsing(): Layer {
  return (next) => {
    const underWay = new Map<string, Shared>();
    return (request, context) => {
      const reuse = reuseKey(request, context);
      if (reuse === undefined) return next(request, context);
      if (context.signal?.aborted) return Promise.reject(abortedError(context.signal, originOf(context)));
      // A click does not wait for the slot of a nightly job.
      const key = `${context.priority}\n${reuse}`;
      const known = underWay.get(key);
      if (known !== undefined) {
        context.emit({ type: "collapsed" });
        return join(known, context);
      }
      const controller = context.signal === undefined ? undefined : new AbortController();
      const answer = next(request, controller === undefined ? context : { ...context, signal: controller.signal });
      const shared: Shared = { answer, controller, waiting: 0 };
      underWay.set(key, shared);
      const forget = (): void => {
        if (underWay.get(key) === shared) underWay.delete(key);
      };
      answer.then(forget, forget);
      controller?.signal.addEventListener("abort", forget, { once: true });
      return join(shared, context);
    };
  };
}

function join(shared: Shared, context: CallContext): Promise<Response> {
  shared.waiting += 1;
  const { signal } = context;
  if (signal === undefined) return shared.answer;
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => {
      shared.waiting -= 1;
      if (shared.waiting === 0) shared.controller?.abort(signal.reason);
      reject(abortedError(signal, originOf(context)));
    });
    shared.answer.then(resolve, reject).finally(forget);
  });
}
