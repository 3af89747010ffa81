import { createContext, type CallEvent } from "../src/index.ts";

declare module "../src/index.ts" {
  interface CallEvents {
    "acme.slow": { readonly tookMs: number };
  }
}

/** Compiles, or does not: nothing here runs. */
export function narrowed(event: CallEvent): number {
  switch (event.type) {
    case "queued":
      return event.depth + event.waitMs;
    case "cached":
      return event.ageMs;
    case "acme.slow":
      return event.tookMs;
    case "opened":
      // @ts-expect-error -- fields belong to their event
      return event.depth;
    case "collapsed":
      return 0;
    // @ts-expect-error -- an event that no layer has
    case "opend":
      return 0;
    default:
      return 0;
  }
}

export function emitted(): void {
  const { emit } = createContext();
  emit({ type: "acme.slow", tookMs: 5 });
  emit({ type: "collapsed" });
  // @ts-expect-error -- a field is missing
  emit({ type: "queued", depth: 1 });
  // @ts-expect-error -- a field of the wrong type
  emit({ type: "acme.slow", tookMs: "5" });
  // @ts-expect-error -- an event that no layer has declared
  emit({ type: "acme.fast" });
}
