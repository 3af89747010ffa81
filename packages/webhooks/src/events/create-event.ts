import { headerValues, type HeadersLike } from "../verify/raw-delivery.ts";
import type { JsonObject } from "../verify/parse-body.ts";
import { entityKey } from "./entity-key.ts";
import type { EventType } from "./event-type.ts";
import { sha256Hex } from "./hash.ts";
import { isEventType } from "./known-types.ts";
import { typesByShape } from "./shapes.ts";
import type { EventEnvelope, WebhookEvent } from "./webhook-event.ts";

export interface EventParts {
  readonly fields: JsonObject;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: HeadersLike;
  readonly source: string;
  readonly receivedAt: number;
  /** What is added to the hash that names a body without an id. */
  readonly idSuffix?: string;
  /** The type where the source knows it; the body says it otherwise. */
  readonly type?: EventType | undefined;
}

/** The event of verified fields. Called once per delivery, when it comes in. */
export async function createEvent(parts: EventParts): Promise<WebhookEvent> {
  const { fields, body, source, receivedAt, type, idSuffix = "" } = parts;
  const types = typesOf(fields, type);
  const id = idOf(fields) ?? `sha256:${await sha256Hex(body)}${idSuffix}`;
  const envelope = {
    id,
    source,
    entity: entityKey(types[0], fields, id),
    occurredAt: occurredAt(fields["timestamp"], receivedAt),
    receivedAt,
    headers: keptHeaders(parts.headers),
    rawBody: body,
  };
  return typed(envelope, fields, types);
}

/** The event of a delivery from what was stored when it came in: nothing that was decided then is decided again. */
export function restoreEvent(envelope: Omit<EventEnvelope, "resource">, fields: JsonObject, type: EventType | undefined): WebhookEvent {
  return typed(envelope, fields, typesOf(fields, type));
}

function typed(envelope: Omit<EventEnvelope, "resource">, fields: JsonObject, types: readonly EventType[]): WebhookEvent {
  const resource = resourceOf(fields);
  const whole: EventEnvelope = resource === undefined ? envelope : { ...envelope, resource };
  // The source says that it is genuine; what its fields are, the contract says.
  if (types.length === 1) return { ...whole, type: types[0], payload: fields } as WebhookEvent;
  return { ...whole, type: "unknown", wireType: wireTypeOf(fields), candidates: types, payload: fields };
}

function wireTypeOf({ type }: JsonObject): string | undefined {
  return typeof type === "string" ? type : undefined;
}

/** The type of the fields; several where their shape leaves it open, none where it is not known. */
function typesOf(fields: JsonObject, known: EventType | undefined): readonly EventType[] {
  if (known !== undefined) return [known];
  const wireType = wireTypeOf(fields);
  if (wireType !== undefined && isEventType(wireType)) return [wireType];
  // Provider messages say their channel where others say their type.
  const isProviderMessage = (wireType === "SMS" || wireType === "Email") && "messageId" in fields && "contactId" in fields;
  return isProviderMessage ? ["ProviderOutboundMessage"] : typesByShape(fields);
}

function idOf({ webhookId }: JsonObject): string | undefined {
  // oxlint-disable-next-line no-control-regex -- a store refuses them in a key
  return typeof webhookId === "string" && /^[^\u0000-\u001f]{1,200}$/.test(webhookId) && webhookId.isWellFormed() ? webhookId : undefined;
}

function resourceOf({ locationId, altId, altType, companyId }: JsonObject): EventEnvelope["resource"] {
  const location = isId(locationId) ? locationId : altType === "location" && isId(altId) ? altId : undefined;
  if (location !== undefined) return { kind: "location", id: location };
  return isId(companyId) ? { kind: "company", id: companyId } : undefined;
}

function isId(value: unknown): value is string {
  // oxlint-disable-next-line no-control-regex -- a store refuses them in a key
  return typeof value === "string" && /^[^\u0000-\u001f]{1,200}$/.test(value) && value.isWellFormed();
}

/** Clocks may differ; a time that is days ahead is none, and would make every later event of its entity look late. */
const farthestAheadMs = 86_400_000;

function occurredAt(timestamp: unknown, receivedAt: number): number {
  const time = timeOf(timestamp) ?? receivedAt;
  return time - receivedAt > farthestAheadMs ? receivedAt : time;
}

/** ISO 8601, or seconds or milliseconds since epoch. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === "number" && value > 0) return wholeTime(value < 1e11 ? value * 1000 : value);
  return typeof value === "string" && /^\d{4}-/.test(value) ? wholeTime(Date.parse(value)) : undefined;
}

function wholeTime(ms: number): number | undefined {
  return Number.isSafeInteger(Math.trunc(ms)) ? Math.trunc(ms) : undefined;
}

const kept = ["content-type", "user-agent", "x-ghl-signature", "x-wh-signature"] as const;

/** What helps to see why a delivery was or was not accepted. A workflow's own secret is not among them. */
function keptHeaders(headers: HeadersLike): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of kept) {
    const value = headerValues(headers, name).join(", ");
    if (value !== "") found[name] = value;
  }
  return found;
}
