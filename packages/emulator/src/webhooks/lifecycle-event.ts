import type { EventKind } from "@ghlkit/contract/events";
import type { LifecycleEvent } from "../oauth/lifecycle.ts";
import { eventNamed } from "./event-kind.ts";
import type { PlatformEvent } from "./platform-event.ts";

/** An event of the app's life as a delivery: its envelope is its own. */
export function lifecycleEvent(event: LifecycleEvent): PlatformEvent {
  const kind: EventKind = eventNamed(event.type).kind;
  const { locationId, companyId } = event;
  return {
    kind,
    ...(locationId !== undefined && { locationId }),
    ...(companyId !== undefined && { companyId }),
    fields: { ...event },
    isComplete: true,
  };
}
