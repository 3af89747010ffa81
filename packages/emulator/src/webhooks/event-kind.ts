import { eventDescriptions, type EventDescription, type EventKind } from "@ghlkit/contract/events";

const kinds: ReadonlyMap<string, EventDescription> = new Map(eventDescriptions().map((event) => [event.kind, event]));
const byType: ReadonlyMap<string, EventDescription> = new Map(
  eventDescriptions().flatMap((event) => (event.type ? [[event.type, event]] : [])),
);

/** What is known of a kind. */
export function describeKind(kind: EventKind): EventDescription {
  return kinds.get(kind) as EventDescription;
}

/** The event that a `type`, such as `INSTALL`, or a kind, such as `AppInstall`, names. @throws Error when there is none. */
export function eventNamed(name: string): EventDescription {
  const found = byType.get(name) ?? kinds.get(name);
  if (found !== undefined) return found;
  throw new Error(`There is no event ${name}. Types are those of the platform, such as ContactCreate or INSTALL.`);
}

/** `type` as the log shows it. */
export function shownType({ type, kind }: EventDescription): string {
  return type ?? kind;
}

/** Events that go to the default URL whatever else is set up. */
export function isDefaultOnly(kind: EventKind): boolean {
  return kind === "AppInstall" || kind === "AppUninstall";
}

/** Events about the app itself: they need no installation at the time. */
export function isLifecycle(kind: EventKind): boolean {
  return isDefaultOnly(kind) || kind === "AppUpdate" || kind === "PlanChange" || kind === "AppPaymentStatus";
}
