import type { Schema } from "../contract/open-api.ts";

/**
 * What the platform takes although its documents say otherwise. Each entry has its ground in reports of live calls.
 * `requirements: "documented"` switches all of it off.
 */
interface Leniency {
  /** Not in the documents, or in a narrower form; taken live. */
  readonly extra?: Readonly<Record<string, Schema>>;
  /** Fields that the documents demand and the platform does not. */
  readonly notRequired?: readonly string[];
  /** What the document does not know is ignored, under the switch of that name. */
  readonly ignoresUnknown?: boolean;
}

const text: Schema = { type: "string" };

const leniencies: Readonly<Record<string, Leniency>> = {
  "conversations.addOutboundMessage": {
    extra: { contactId: text, type: { type: "string", enum: ["Call", "SMS"] }, message: text },
    notRequired: ["conversationId", "conversationProviderId"],
    ignoresUnknown: true,
  },
  "conversations.addInboundMessage": { notRequired: ["conversationId", "contactId", "conversationProviderId"], ignoresUnknown: true },
  // One client uploaded with a contact alone.
  "conversations.uploadAttachments": {
    extra: { contactId: text },
    notRequired: ["conversationId", "contactId", "locationId", "attachmentUrls"],
  },
  // Whether a user has to be named is a switch, which the handler decides.
  "invoices.textToPay": { notRequired: ["userId"] },
  // The search knows which operators each field takes, and says it better than a list of alternatives can.
  "contacts.search": { extra: { filters: { type: "array" } } },
  "opportunities.searchAdvanced": { extra: { filters: { type: "array" } } },
};

/** Custom field values name their field by `id` or by `key` and may say plain `value`. */
const customFieldItem = { id: text, key: text, value: {}, field_value: {} } as const;

export function relax(operationId: string, generation: "v3" | "v2", schema: Schema, ignoresUnknown: boolean): Schema {
  const { extra = {}, notRequired = [], ...leniency } = leniencies[operationId] ?? {};
  const properties = { ...(schema["properties"] as Record<string, Schema> | undefined), ...extra };
  if (Object.keys(properties).length === 0) return schema;
  if (takesCustomFields(operationId) && properties["customFields"] !== undefined) {
    properties["customFields"] = { type: "array", items: customFieldItemSchema(operationId, generation) };
  }
  const required = ((schema["required"] ?? []) as readonly string[]).filter((name) => !notRequired.includes(name));
  const isOpen = leniency.ignoresUnknown === true && ignoresUnknown;
  return { ...schema, properties, required, ...(isOpen && { additionalProperties: true }) };
}

function takesCustomFields(operationId: string): boolean {
  return operationId.startsWith("contacts.") || operationId.startsWith("opportunities.");
}

/** `field_value` is the spelling of v2; that of v3 is `fieldValue`, and contacts take both. */
function customFieldItemSchema(operationId: string, generation: "v3" | "v2"): Schema {
  const { field_value, ...shared } = customFieldItem;
  const v2 = generation === "v2" || operationId.startsWith("contacts.") ? { field_value } : {};
  const current = generation === "v3" ? { fieldValue: {} } : {};
  return { type: "object", properties: { ...shared, ...v2, ...current }, additionalProperties: false };
}
