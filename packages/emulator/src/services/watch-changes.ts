import type { State } from "../state/state.ts";
import type { SwitchValues } from "../switches/switch-options.ts";
import type { PlatformEvent } from "../webhooks/platform-event.ts";
import { services } from "./services.ts";

/** Where the events of changes go. */
export interface ChangePublisher {
  /** Whether any URL is subscribed: without one a write must not cost the comparison. */
  readonly isSubscribed: () => boolean;
  readonly publish: (events: readonly PlatformEvent[]) => void;
  /** The switches as they are now: some decide what is emitted. */
  readonly switches: () => SwitchValues;
}

/** Publishes the events of every change from now on, whatever causes it. */
export function watchChanges(state: State, publisher: ChangePublisher): void {
  const publish = (changes: () => readonly PlatformEvent[]): void => {
    if (publisher.isSubscribed()) publisher.publish(changes().map((event) => withCompany(event, state)));
  };
  for (const { changes } of services) changes?.(state, publish, publisher.switches);
}

function withCompany(event: PlatformEvent, state: State): PlatformEvent {
  if (event.companyId !== undefined) return event;
  const companyId = state.locations.get(event.locationId ?? "")?.companyId;
  return companyId === undefined ? event : { ...event, companyId, audience: event.audience ?? [event.locationId ?? companyId] };
}
