import { BoundsError } from "../bounds/check-value.ts";
import { recordMessage } from "../services/conversations/record-message.ts";
import type { World } from "../world.ts";
import type { MadeMessage } from "./made-message.ts";
import { actingContact, threadOf } from "./acting-contact.ts";

/** How calls end. */
export const callStatuses = ["completed", "no-answer", "busy", "failed", "canceled", "voicemail"] as const;

/** A call to the location. */
export interface CallIn {
  /** Default `completed`. */
  readonly status?: (typeof callStatuses)[number];
  /** Seconds it lasted; only a call that was answered has them. Default 60. */
  readonly durationSeconds?: number;
}

/** The contact calls the location. */
export function callIn(world: World, contactId: string, { status = "completed", durationSeconds = 60 }: CallIn): MadeMessage {
  const contact = actingContact(world, contactId);
  if (contact.phone === undefined) throw new BoundsError(`The contact ${contactId} has no phone to call from.`);
  const conversation = threadOf(world, contact);
  const message = recordMessage(world, conversation, {
    direction: "inbound",
    messageType: "TYPE_CALL",
    status,
    body: "",
    contentType: "text/plain",
    more: { call: { status, from: contact.phone, ...(status === "completed" && { duration: durationSeconds }) } },
  });
  return { messageId: message.id, conversationId: conversation.id };
}
