import type { SchedulingClock } from "../../clock/emulator-clock.ts";
import type { State } from "../../state/state.ts";

/** Sends scheduled messages at their time, unless they were cancelled or sent before. */
export function sendScheduled({ messages }: State, clock: SchedulingClock): void {
  messages.onChange((before, after) => {
    if (before !== undefined || after?.status !== "scheduled" || after.scheduledAtMs === undefined) return;
    clock.at(after.scheduledAtMs, () => {
      const message = messages.get(after.id);
      if (message?.status !== "scheduled") return;
      messages.put({ ...message, status: "delivered", dateUpdated: new Date(clock.now()).toISOString() });
    });
  });
}
