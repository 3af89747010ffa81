import { notFound } from "../../http/refusal.ts";
import { answerWith } from "../../resources/answer-with.ts";
import { addRecord, changeRecord, requireRecord } from "../../resources/record-store.ts";
import { matchesField } from "../../resources/list-parameters.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import type { Service } from "../service.ts";

const documents = "/proposals/document";
const templates = "/proposals/templates";

const proposalHandlers: Handlers = {
  "proposals.sendDocument": (call) => {
    const document = requireRecord(call, documents, String(call.body["documentId"]));
    return answerWith(call, { success: true, links: send(call, document, String(call.body["sentBy"])) });
  },

  "proposals.sendTemplate": (call) => {
    const template = requireRecord(call, templates, String(call.body["templateId"]));
    const contact = call.world.state.contacts.get(String(call.body["contactId"]));
    if (contact?.locationId !== call.locationId) throw notFound(`Contact with id ${String(call.body["contactId"])} not found`);
    const recipient = {
      id: contact?.id,
      entityName: "contacts",
      email: contact?.email,
      role: "signer",
      isPrimary: true,
      hasCompleted: false,
    };
    const shared = { type: "proposal", documentRevision: 1, recipients: [recipient], fillableFields: [], links: [] };
    const fields = { name: template.fields["name"], ...shared, status: ["draft"], paymentStatus: ["no_payment"], isExpired: false };
    const document = addRecord(call, { resource: documents, fields });
    const links =
      call.body["sendDocument"] === false
        ? linksOf(call, document, String(call.body["userId"]))
        : send(call, document, String(call.body["userId"]));
    return answerWith(call, { success: true, links });
  },
};

/** Documents and contracts: templates are made on screens, documents by sending them. */
export const proposalsService: Service = {
  handlers: proposalHandlers,
  resources: [
    resource(documents, {
      view: ({ recordId }) => ({ documentId: recordId }),
      filters: { paymentStatus: (fields, value) => matchesField(fields, "paymentStatus", value) },
    }),
    resource(templates, {
      filters: {
        name: (fields, value) => String(fields["name"]).toLowerCase().includes(String(value).toLowerCase()),
        userId: (fields, value) => fields["updatedBy"] === value,
      },
    }),
  ],
  seed({ sow, seed }) {
    const shared = { type: "proposal", version: 1, updatedBy: seed.users.admin, isPublicDocument: false, documentCount: 1 };
    sow(templates, { name: "Treatment plan", ...shared });
    const grandTotal = { amount: 480, currency: "USD", discountPercentage: 0, discounts: [] };
    const signer = { id: seed.users.admin, entityName: "users", role: "signer", isPrimary: true, hasCompleted: false };
    const parts = {
      type: "proposal",
      documentRevision: 1,
      fillableFields: [],
      links: [],
      recipients: [signer],
      grandTotal,
      isExpired: false,
    };
    sow(documents, { name: "Treatment plan", ...parts, status: ["draft"], paymentStatus: ["no_payment"] });
    sow(documents, { name: "Braces", ...parts, status: ["sent"], paymentStatus: ["waiting_for_payment"] });
  },
};

function send(call: Call, document: ResourceRecord, userId: string): readonly Fields[] {
  const links = linksOf(call, document, userId);
  changeRecord(call, document, { status: ["sent"], links });
  return links;
}

/** One link for each recipient. */
function linksOf(call: Call, { recordId, fields }: ResourceRecord, userId: string): readonly Fields[] {
  return ((fields["recipients"] ?? []) as readonly Fields[]).map(({ id, entityName }) => ({
    referenceId: call.world.ids.uuid(),
    documentId: recordId,
    recipientId: id,
    entityName,
    recipientCategory: "recipient",
    documentRevision: fields["documentRevision"],
    createdBy: userId,
    deleted: false,
  }));
}
