import type { Inbox } from "@ghlkit/storage";
import { countText, durationText } from "../duration-text.ts";
import type { HealthChecks } from "../health-report.ts";

/** Times without a receiver that are not repaired, and how long no delivery has arrived. */
export async function checkWebhooks(
  inbox: Pick<Inbox, "gaps" | "query">,
  { now, quietMs: mostQuietMs }: { readonly now: number; readonly quietMs: number },
): Promise<Required<HealthChecks>["webhooks"]> {
  const [gaps, { deliveries }] = await Promise.all([inbox.gaps(), inbox.query({ limit: 1 })]);
  const gapMs = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const last = deliveries[0]?.receivedAt;
  const quietMs = last === undefined ? undefined : Math.max(0, now - last);
  const values = { gaps: gaps.length, gapMs, quietMs };
  if (gaps.length > 0)
    return {
      status: "degraded",
      message: `No receiver was alive in ${countText(gaps.length, "time")}, ${durationText(gapMs)} in all: webhooks of that time may be missing.`,
      action: "Run repairGaps() of @ghlkit/webhooks, or sync.reconcile() where there is a copy; each repaired gap is closed.",
      values,
    };
  if (quietMs !== undefined && quietMs > mostQuietMs)
    return {
      status: "degraded",
      message: `No delivery has arrived for ${durationText(quietMs)}.`,
      action:
        "Send one through the public URL (ghlkit doctor --webhooks <url>), and look at the webhook settings of the app in the marketplace.",
      values,
    };
  return { status: "ok", message: "No gap is open.", values };
}
