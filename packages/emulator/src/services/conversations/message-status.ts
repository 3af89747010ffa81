import { badRequest } from "../../http/refusal.ts";
import type { Message } from "../../state/conversation.ts";

/** How far a message has come. It only moves forward; `failed` is an end, as is `read`. */
const order: Readonly<Record<string, number>> = {
  scheduled: 0,
  pending: 1,
  queued: 1,
  sent: 2,
  delivered: 3,
  opened: 4,
  clicked: 5,
  read: 5,
};

/** Statuses after which nothing comes. */
const final: ReadonlySet<string> = new Set(["failed", "undelivered", "opt_out", "completed"]);

/** Whether a message can go from one status to another. */
export function isForward(from: string, to: string): boolean {
  if (from === to) return true;
  if (final.has(from)) return false;
  if (final.has(to)) return (order[from] ?? 0) < 3;
  return (order[to] ?? 0) > (order[from] ?? 0);
}

/** @throws Refusal 400 for a step back. */
export function refuseStepBack({ status }: Message, next: string): void {
  if (!isForward(status, next)) throw badRequest(`Message status cannot be changed from ${status} to ${next}`);
}
