import type { Emulator } from "@ghlkit/emulator";

/** A fetch that answers from an emulator in this process, and counts what is under way. */
export interface WatchedFetch {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** For `runOnClock`: the clock has to stand still while a request is answered, which takes real time on a busy machine. */
  readonly isBusy: () => boolean;
}

export function watchedFetch(emulator: Emulator): WatchedFetch {
  let underWay = 0;
  return {
    fetch: async (url, init) => {
      underWay += 1;
      try {
        return await emulator.fetch(new Request(url, init));
      } finally {
        underWay -= 1;
      }
    },
    isBusy: () => underWay > 0,
  };
}
