import { ghlError, withinTime, type Clock } from "@ghlkit/core";
import type { Inbox, InboxDelivery } from "@ghlkit/storage";
import type { NoticeListener } from "../events/webhook-notice.ts";

export interface KeepOptions {
  readonly inbox: Inbox;
  readonly answerWithinMs: number;
  readonly clock: Clock;
  readonly emit: NoticeListener;
}

/**
 * Inserts within the time there is to answer. What is late may still be committed: the platform sends it again and it is a
 * duplicate then. Reports each failure of the inbox, and once that it works again.
 *
 * @returns `undefined` when it was not kept in time.
 */
export function createKeeper(options: KeepOptions): (delivery: InboxDelivery) => Promise<"new" | "duplicate" | undefined> {
  const { inbox, answerWithinMs, clock, emit } = options;
  let failing = false;
  const late = (): Error =>
    ghlError("timeout", "The inbox did not commit in time.", { timeoutMs: answerWithinMs, scope: "attempt", sent: true });

  return async (delivery) => {
    try {
      const outcome = await withinTime(() => inbox.insert(delivery), { ms: answerWithinMs, signal: undefined, clock, late, aborted: late });
      if (failing) emit({ type: "inbox_recovered" });
      failing = false;
      return outcome;
    } catch (error) {
      failing = true;
      emit({ type: "inbox_failed", id: delivery.id, error });
      return undefined;
    }
  };
}
