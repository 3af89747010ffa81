import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, recordsOf } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { queryText, type Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";

const subscriptions = "/conversations/preferences/unsubscriptions";

/** Kinds of messages that contacts can subscribe to; their answers are not described. */
export const subtypeResource: ResourceDeclaration = resource("/conversations/preferences/custom-subtypes", {
  listName: "subtypes",
  create: (input) => ({ archived: false, ...input }),
});

/** What a contact has subscribed to. */
export const subscriptionHandlers: Handlers = {
  "conversations.getUnsubscriptionStatus": (call) => {
    const contact = requireOwnContact(call, queryText(call, "contactId") ?? "");
    const email = queryText(call, "email") ?? contact.email;
    const found = subscriptionOf(call, contact.id, email);
    return answerWith(call, { contactId: contact.id, email, subscriptions: found?.fields["subscriptions"] ?? [] });
  },

  "conversations.changeUserSubscription": (call) => {
    const { email, subscription_action: action } = call.body as { readonly email: string; readonly subscription_action: Fields };
    const contact = requireOwnContact(call, String(call.body["contactId"]));
    const before = subscriptionOf(call, contact.id, email);
    const others = ((before?.fields["subscriptions"] ?? []) as readonly Fields[]).filter(
      (one) => one["subtype_id"] !== action["subtype_id"],
    );
    const fields = { contactId: contact.id, email, subscriptions: action["type"] === "resub_all" ? [] : [...others, action] };
    const after = before === undefined ? addRecord(call, { resource: subscriptions, fields }) : changeRecord(call, before, fields);
    return answerWith(call, { success: true, ...after.fields });
  },
};

function subscriptionOf(call: Call, contactId: string, email: string | undefined): ResourceRecord | undefined {
  return recordsOf(call, subscriptions).find(({ fields }) => fields["contactId"] === contactId && fields["email"] === email);
}

function requireOwnContact(call: Call, id: string): { readonly id: string; readonly email?: string } {
  const contact = call.world.state.contacts.get(id);
  if (contact === undefined || contact.locationId !== call.locationId) throw notFound(`Contact with id ${id} not found`);
  return contact;
}
