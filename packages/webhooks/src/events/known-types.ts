import { eventDescriptions } from "@ghlkit/contract/events";
import type { EventType, PlatformEventType } from "./event-type.ts";

/** Every type of the contract. */
export const platformEventTypes: readonly PlatformEventType[] = eventDescriptions().map(
  ({ kind, type }) => (type ?? kind) as PlatformEventType,
);

const known: ReadonlySet<string> = new Set<EventType>([...platformEventTypes, "WorkflowWebhook"]);

/** Whether a handler can be written for it. */
export function isEventType(type: string): type is EventType {
  return known.has(type);
}
