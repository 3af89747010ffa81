import type { Clock } from "@ghlkit/core";
import type { Inbox } from "@ghlkit/storage";
import type { NoticeListener } from "../events/webhook-notice.ts";

export interface HeartbeatOptions {
  readonly inbox: Inbox;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly emit: NoticeListener;
}

/** Signs of life that make a downtime known afterwards. A beat that the inbox cannot keep is a part of the gap. */
export function createHeartbeat({ inbox, everyMs, clock, emit }: HeartbeatOptions): {
  readonly start: () => void;
  readonly stop: () => void;
} {
  let cancel: (() => void) | undefined;
  let runs = 0;
  let failing = false;

  const beat = async (run: number): Promise<void> => {
    try {
      const { gap } = await inbox.beat({ gapAfterMs: everyMs * 3 });
      if (failing) emit({ type: "heartbeat_recovered" });
      failing = false;
      if (gap !== undefined) emit({ type: "gap_found", ...gap });
    } catch (error) {
      if (!failing) emit({ type: "heartbeat_failed", error });
      failing = true;
    }
    if (run === runs) cancel = clock.after(everyMs, () => void beat(run));
  };

  const stop = (): void => {
    runs += 1;
    cancel?.();
  };
  return {
    start: () => {
      stop();
      void beat(runs);
    },
    stop,
  };
}
