import { checkNumber, monotonicNow, sleep, type Clock } from "@ghlkit/core";
import type { ConversationsClient } from "./conversations-client.ts";

/** Options of a watch. */
export interface DeliveryOptions {
  /**
   * How long it is watched, in ms.
   * @default 600_000
   */
  readonly withinMs?: number;
  /** Ends the watch. */
  readonly signal?: AbortSignal;
  /** @default that of the conversations */
  readonly clock?: Clock;
}

/** What became of a message that was sent. */
export type DeliveryResult =
  | { readonly outcome: "delivered"; readonly status: string }
  | { readonly outcome: "failed"; readonly status: string; readonly reason: string | undefined }
  /** Not final when the watch ended. */
  | { readonly outcome: "pending"; readonly status: string | undefined };

const delivered: ReadonlySet<string> = new Set(["delivered", "read", "opened", "clicked", "completed"]);
const failed: ReadonlySet<string> = new Set(["failed", "undelivered", "opt_out"]);

/** Pauses between looks; the last one repeats. */
const pausesMs = [1000, 2000, 5000, 10_000, 30_000];

/** Looks at a message until its status is final, or the time is up. */
export async function watchDelivery(
  { conversations }: ConversationsClient,
  messageId: string,
  { clock, withinMs = 600_000, signal }: DeliveryOptions & { readonly clock: Clock },
): Promise<DeliveryResult> {
  checkNumber("delivery", "withinMs", withinMs);
  const begin = monotonicNow(clock);
  for (let look = 0; ; look += 1) {
    const answer = await conversations.getMessage(
      { id: messageId },
      { priority: "bulk", fresh: true, ...(signal !== undefined && { signal }) },
    );
    const message = "message" in answer && typeof answer.message === "object" ? answer.message : answer;
    const { status, error } = message as { readonly status?: string; readonly error?: unknown };
    if (status !== undefined && delivered.has(status)) return { outcome: "delivered", status };
    if (status !== undefined && failed.has(status))
      return { outcome: "failed", status, reason: typeof error === "string" ? error : undefined };
    const pauseMs = pausesMs[Math.min(look, pausesMs.length - 1)] ?? 30_000;
    if (monotonicNow(clock) - begin + pauseMs > withinMs) return { outcome: "pending", status };
    await sleep(pauseMs, signal, clock);
  }
}
