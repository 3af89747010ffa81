import type { SchedulingClock } from "../../clock/emulator-clock.ts";
import type { SwitchValues } from "../../switches/switch-options.ts";
import type { Message } from "../../state/conversation.ts";
import type { State } from "../../state/state.ts";
import { isForward } from "./message-status.ts";

/** When a message that the platform carries itself gets where, in milliseconds after it was sent. */
export interface MessageTimeline {
  /** From `pending` to `sent`. @default 1000 */
  readonly sentAfterMs: number;
  /** From `sent` to `delivered`. @default 3000 */
  readonly deliveredAfterMs: number;
}

/** What the timeline is decided by. */
export type TimelineSettings = Pick<SwitchValues, "smsNumber"> & { readonly messageTimeline: MessageTimeline };

/** The text of a message that could not be sent for want of a number. */
const noNumber = "Failed: No numbers available in the account. Buy a number to send SMS.";

/** Sends scheduled messages at their time, and moves those that the platform carries from pending to delivered. Providers report their own. */
export function followDelivery({ messages }: State, clock: SchedulingClock, settings: () => TimelineSettings): void {
  const move = (id: string, status: string, error?: string): void => {
    const message = messages.get(id);
    if (message === undefined || !isForward(message.status, status)) return;
    messages.put({ ...message, status, ...(error !== undefined && { error }), dateUpdated: new Date(clock.now()).toISOString() });
  };
  const carry = ({ id, messageType, dateUpdated }: Message): void => {
    const { sentAfterMs, deliveredAfterMs } = settings().messageTimeline;
    const fromMs = Date.parse(dateUpdated);
    const fails = messageType === "TYPE_SMS" && settings().smsNumber === "absent";
    clock.at(fromMs + sentAfterMs, () => (fails ? move(id, "failed", noNumber) : move(id, "sent")));
    if (!fails) clock.at(fromMs + deliveredAfterMs, () => move(id, "delivered"));
  };
  const arm = (message: Message): void => {
    const { id, status, scheduledAtMs, direction, conversationProviderId } = message;
    if (status === "scheduled" && scheduledAtMs !== undefined) clock.at(scheduledAtMs, () => move(id, "pending"));
    const isCarried = direction === "outbound" && conversationProviderId === undefined;
    if (isCarried && (status === "pending" || status === "sent")) carry(message);
  };
  // A state that was restored has messages on their way.
  for (const message of messages.all()) arm(message);
  messages.onChange((before, after) => {
    if (after !== undefined && (before === undefined || (before.status !== after.status && after.status === "pending"))) arm(after);
  });
}
