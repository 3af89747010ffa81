import { BoundsError } from "../bounds/check-value.ts";
import type { World } from "../world.ts";

/** Someone has a failed message sent again: it is pending once more, and its provider is asked again. */
export function retryMessage({ state, clock }: World, messageId: string): void {
  const message = state.messages.get(messageId);
  if (message === undefined) throw new BoundsError(`There is no message ${messageId}.`);
  if (message.direction !== "outbound" || message.status !== "failed")
    throw new BoundsError(`The message ${messageId} is ${message.status}: only a failed one is sent again.`);
  const { error: _, ...rest } = message;
  const dateUpdated = new Date(clock.now()).toISOString();
  state.messages.put({ ...rest, status: "pending", retries: (message.retries ?? 0) + 1, dateUpdated });
}
