import type { Boot, LiveEvent } from "./page.ts";

/** What became of reading the page again. Status 0: the application was not reached. */
export interface Read<State> {
  readonly status: number;
  readonly fresh?: Boot<State>;
}

export interface Reload {
  /** Reads the state again until the application is reached. Asked for while it reads, it reads once more: an older answer never shows last. */
  readonly reload: () => Promise<void>;
  /** An event that was applied: one that came while the state was read is applied to what was read, too. */
  readonly applied: (event: LiveEvent) => void;
}

export interface ReloadOptions<State> {
  readonly read: () => Promise<Read<State>>;
  readonly show: (fresh: Boot<State>) => void;
  readonly apply: (event: LiveEvent) => void;
  /** The session is over. */
  readonly onEnded: () => void;
  /** Between two tries. Default: 1000. */
  readonly retryMs?: number;
}

export function createReload<State>({ read, show, apply, onEnded, retryMs = 1000 }: ReloadOptions<State>): Reload {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  let meanwhile: LiveEvent[] = [];
  const readOnce = async (): Promise<void> => {
    meanwhile = [];
    const { status, fresh } = await read();
    if (status === 401) onEnded();
    if (fresh !== undefined) {
      show(fresh);
      for (const event of meanwhile.splice(0)) apply(event);
    } else if (status === 0 || status >= 500) {
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      isAskedAgain = true;
    }
  };
  const readAll = async (): Promise<void> => {
    try {
      do {
        isAskedAgain = false;
        await readOnce();
      } while (isAskedAgain);
    } finally {
      running = undefined;
    }
  };
  return {
    reload() {
      isAskedAgain = true;
      return (running ??= readAll());
    },
    applied(event) {
      if (running !== undefined) meanwhile.push(event);
    },
  };
}
