import type { Kind } from "../kinds/kind.ts";

/** A record that an event says something about. */
export interface HintedRecord {
  readonly kind: Kind;
  readonly id: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Start of the type → records that the fields name. The first that fits counts. */
const hints: readonly (readonly [start: string, records: (fields: Fields) => readonly (readonly [Kind, unknown])[]])[] = [
  ["Contact", ({ id }) => [["contacts", id]]],
  ["Opportunity", ({ id }) => [["opportunities", id]]],
  ["Appointment", ({ appointment }) => [["appointments", (appointment as Fields | undefined)?.["id"]]]],
  ["ConversationUnreadWebhook", ({ id }) => [["conversations", id]]],
  ["InboundMessage", messageAndThread],
  ["OutboundMessage", messageAndThread],
  ["Invoice", ({ _id }) => [["invoices", _id]]],
];

/** Which records an event makes worth reading again. Its own fields are never written: they are thin, late or of another shape. */
export function eventRecords(types: readonly string[], fields: Fields): readonly HintedRecord[] {
  const found = hints.find(([start]) => types.some((type) => type.startsWith(start)));
  const named = found?.[1](fields) ?? [];
  return named.flatMap(([kind, id]) => (typeof id === "string" && id !== "" ? [{ kind, id }] : []));
}

function messageAndThread({ messageId, conversationId }: Fields): readonly (readonly [Kind, unknown])[] {
  return [
    ["messages", messageId],
    ["conversations", conversationId],
  ];
}
