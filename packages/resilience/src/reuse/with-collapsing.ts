import { abortedError, originOf, type Layer, onAbort } from "@ghlkit/core";
import { reuseKey } from "./reuse-key.ts";

interface Shared {
  readonly answer: Promise<Response>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Lets identical reads that are under way at the same time share one execution: same principal, URL and Version. An abort
 * ends its own caller's wait at once; the execution ends when nobody waits for it any more.
 */
export function withCollapsing(): Layer {
  return (next) => {
    const underWay = new Map<string, Shared>();
    return (request, context) => {
      const key = reuseKey(request, context);
      if (key === undefined) return next(request, context);
      if (context.signal?.aborted) return Promise.reject(abortedError(context.signal, originOf(context)));
      const known = underWay.get(key);
      if (known !== undefined) {
        context.emit({ type: "collapsed" });
        return join(known, context.signal, originOf(context));
      }
      const controller = new AbortController();
      const answer = next(request, { ...context, signal: controller.signal });
      const shared: Shared = { answer, controller, waiting: 0 };
      underWay.set(key, shared);
      const forget = (): void => {
        if (underWay.get(key) === shared) underWay.delete(key);
      };
      answer.then(forget, forget);
      controller.signal.addEventListener("abort", forget, { once: true });
      return join(shared, context.signal, originOf(context));
    };
  };
}

function join(shared: Shared, signal: AbortSignal | undefined, origin: Parameters<typeof abortedError>[1]): Promise<Response> {
  shared.waiting += 1;
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const leave = (): void => {
    shared.waiting -= 1;
    if (shared.waiting === 0) shared.controller.abort(signal?.reason);
  };
  const forget =
    signal === undefined
      ? undefined
      : onAbort(signal, () => {
          leave();
          reject(abortedError(signal, origin));
        });
  shared.answer.then(resolve, reject).finally(() => forget?.());
  return promise;
}
