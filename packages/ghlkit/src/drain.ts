import { ghlError, originOf, type Layer } from "@ghlkit/core";

/** Lets a program end without cutting calls off. */
export interface Drain {
  readonly layer: Layer;
  readonly close: () => Promise<void>;
}

/** Counts the calls under way; once closed, further ones are refused before they are sent. */
export function createDrain(): Drain {
  let underWay = 0;
  let closed = false;
  const whenEmpty: (() => void)[] = [];
  const leave = (): void => {
    underWay -= 1;
    if (underWay === 0) for (const tell of whenEmpty.splice(0)) tell();
  };
  return {
    layer: (next) => (request, context) => {
      if (closed) {
        const origin = { ...originOf(context), attempts: 0 };
        return Promise.reject(ghlError("invalid_request", "This client is closed: make another one. Nothing was sent.", {}, origin));
      }
      underWay += 1;
      const call = next(request, context);
      call.then(leave, leave);
      return call;
    },
    close: () => {
      closed = true;
      return underWay === 0 ? Promise.resolve() : new Promise((resolve) => whenEmpty.push(resolve));
    },
  };
}
