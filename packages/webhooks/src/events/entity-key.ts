import type { JsonObject } from "../verify/parse-body.ts";
import type { EventType } from "./event-type.ts";

/** Beginnings of types, the entity they are about, and where its id stands: the first row and path that lead to a text. */
const entities: readonly (readonly [start: string, entity: string, ...paths: string[]])[] = [
  ["Contact", "contact", "id"],
  ["Note", "contact", "contactId"],
  ["Task", "contact", "contactId"],
  // Live ones have come without their contact (highlevel-api-docs issue 332).
  ["Note", "note", "id"],
  ["Task", "task", "id"],
  ["CampaignStatus", "contact", "contactId"],
  ["WorkflowWebhook", "contact", "contact_id"],
  ["Opportunity", "opportunity", "id"],
  ["InboundMessage", "conversation", "conversationId", "contactId"],
  ["OutboundMessage", "conversation", "conversationId", "contactId"],
  ["ProviderOutboundMessage", "conversation", "contactId"],
  ["Conversation", "conversation", "id"],
  ["Appointment", "appointment", "appointment.id"],
  ["Invoice", "invoice", "_id"],
  ["Order", "order", "_id"],
  ["Product", "product", "_id"],
  ["Price", "price", "_id"],
  ["Record", "record", "id"],
  ["ObjectSchema", "object", "key", "id"],
  ["Association", "association", "id", "key"],
  ["Relation", "relation", "id"],
  ["User", "user", "id"],
  ["Location", "location", "id"],
  ["SupportTicket", "ticket", "ticketId"],
  ["KnowledgeBase", "knowledge-base", "knowledgeBaseId", "id"],
  ["VoiceAiCallEnd", "call", "id"],
  ["LCEmailStats", "email", "webhookPayload.message.headers.message-id", "webhookPayload.id"],
  ["EXTERNAL_AUTH_CONNECTED", "installation", "locationId", "companyId"],
  ["APP_PAYMENT_STATUS", "installation", "locationId", "companyId"],
  ["INSTALL", "installation", "locationId", "companyId"],
  ["UNINSTALL", "installation", "locationId", "companyId"],
  ["UPDATE", "installation", "locationId", "companyId"],
  ["PLAN_CHANGE", "installation", "locationId", "companyId"],
  ["SaasPlanCreate", "plan", "id", "planId", "companyId"],
];

/**
 * What an event is about. One that names nothing is an entity of its own: it waits for no other.
 * Names of an association or a schema are unique within their location only, so that the location is part of them.
 */
export function entityKey(type: EventType | undefined, fields: JsonObject, id: string): string {
  for (const [start, entity, ...paths] of entities) {
    if (type === undefined || !type.startsWith(start)) continue;
    for (const path of paths) {
      const value = valueAt(fields, path);
      if (value !== undefined) return bounded(path === "key" ? `${entity}:${String(fields["locationId"])}:${value}` : `${entity}:${value}`);
    }
  }
  return bounded(`event:${id}`);
}

function valueAt(fields: JsonObject, path: string): string | undefined {
  let value: unknown = fields;
  for (const name of path.split(".")) value = typeof value === "object" && value !== null ? (value as JsonObject)[name] : undefined;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** What a store takes as a key. */
function bounded(key: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  const printable = key.replaceAll(/[\u0000-\u001f]/g, "?");
  return printable.toWellFormed().slice(0, 400);
}
