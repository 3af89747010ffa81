import type { EventKind, EventPayloads } from "@ghlkit/contract/events";

/** Fields that every delivery adds. */
export type EnvelopeField = "type" | "timestamp" | "webhookId" | "appId" | "versionId" | "locationId" | "companyId";

/** The payload of an event, without the envelope. */
export type EventFields<K extends EventKind = EventKind> = Omit<EventPayloads[K], EnvelopeField>;

/** Something that happened, before its receivers are known. */
export interface PlatformEvent {
  readonly kind: EventKind;
  readonly locationId?: string;
  readonly companyId?: string;
  /** Locations and companies, one of which must have the app. Default: the location, else the company. */
  readonly audience?: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
  /** Laid over the finished body. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** `fields` are the whole body. */
  readonly isComplete?: boolean;
}

/** An event whose fields the contract checks. */
export function platformEvent<K extends EventKind>(
  kind: K,
  about: Pick<PlatformEvent, "locationId" | "companyId" | "audience">,
  fields: EventFields<K>,
): PlatformEvent {
  return { kind, ...about, fields: fields as Readonly<Record<string, unknown>> };
}
