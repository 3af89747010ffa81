import { ghlError, originOf, type Layer } from "@ghlkit/core";

/** Lets a program end without cutting calls off. */
export interface Drain {
  readonly layer: Layer;
  readonly close: () => Promise<void>;
}

/** Counts the calls under way; once closed, further ones are refused before they are sent. */
export function createDrain(): Drain {
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  return {
    layer: (next) => (request, context) => {
      if (closed) {
        const origin = { ...originOf(context), attempts: 0 };
        return Promise.reject(ghlError("invalid_request", "This client is closed: make another one. Nothing was sent.", {}, origin));
      }
      const call = next(request, context);
      const ended = call.then(ignore, ignore).finally(() => underWay.delete(ended));
      underWay.add(ended);
      return call;
    },
    close: async () => {
      closed = true;
      await Promise.all(underWay);
    },
  };
}

/** Whoever made the call hears how it ended. */
function ignore(): void {}
