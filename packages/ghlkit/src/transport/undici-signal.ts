import type { EventEmitter } from "node:events";
import { onAbort } from "@ghlkit/core";

/** The part of an emitter of `abort` that undici uses. */
interface AbortEmitter {
  readonly aborted: boolean;
  readonly reason: unknown;
  readonly on: () => void;
  readonly once: (event: "abort", listen: () => void) => void;
  readonly removeListener: () => void;
}

/**
 * A signal as undici takes it beside an AbortSignal: an emitter. What it listens to is watched by `onAbort`, which for the signal of an attempt
 * costs a tenth of a listener.
 */
export function undiciSignal(signal: AbortSignal): EventEmitter {
  let forget = (): void => {};
  const emitter: AbortEmitter = {
    get aborted() {
      return signal.aborted;
    },
    get reason(): unknown {
      return signal.reason;
    },
    on: () => {},
    once: (_event, listen) => {
      forget = onAbort(signal, listen);
    },
    removeListener: () => forget(),
  };
  return emitter as unknown as EventEmitter;
}
