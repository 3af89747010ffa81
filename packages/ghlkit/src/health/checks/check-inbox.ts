import type { Inbox } from "@ghlkit/storage";
import { countText, durationText } from "../duration-text.ts";
import type { HealthChecks } from "../health-report.ts";

/** Deliveries that wait, and those that were given up. */
export async function checkInbox(
  inbox: Pick<Inbox, "backlog">,
  { now, waitingMs }: { readonly now: number; readonly waitingMs: number },
): Promise<Pick<HealthChecks, "inbox" | "deadLetters">> {
  const { waiting, dead, oldestWaitingAt } = await inbox.backlog();
  const oldestWaitingMs = oldestWaitingAt === undefined ? 0 : Math.max(0, now - oldestWaitingAt);
  const isLate = oldestWaitingMs > waitingMs;
  return {
    inbox: {
      status: isLate ? "degraded" : "ok",
      message: `${countText(waiting, "delivery waits", "deliveries wait")}${waiting === 0 ? "." : `, the oldest for ${durationText(oldestWaitingMs)}.`}`,
      ...(isLate && {
        action: "See that a worker runs and that its handlers end: worker_failed, worker_blocked and handler_failed name the cause.",
      }),
      values: { waiting, oldestWaitingMs },
    },
    deadLetters: {
      status: dead > 0 ? "degraded" : "ok",
      message: `${countText(dead, "delivery was", "deliveries were")} given up.`,
      ...(dead > 0 && { action: "Read why (ghlkit webhooks dead), fix the cause, then ghlkit webhooks replay --dead." }),
      values: { dead },
    },
  };
}
