import type { EventFields } from "../platform-event.ts";
import type { EventSampleContext, EventSamples } from "./sample-context.ts";

type AccountKind =
  | `Location${"Create" | "Update"}`
  | `User${"Create" | "Update" | "Delete"}`
  | `SupportTicket${"Create" | "Update" | "Delete"}`
  | `KnowledgeBase${"Create" | "Update" | "Delete"}`
  | `KnowledgeBase${"Faq" | "File" | "RichText" | "TableFile" | "TrainedUrl"}Change`;

function location({ seed, ids }: EventSampleContext): EventFields<"LocationCreate"> {
  return { id: seed.locationId, name: "Harbour Dental", email: "office@harbour.example", stripeProductId: ids.record() };
}

function user({ seed, ids }: EventSampleContext): EventFields<"UserCreate"> {
  return {
    id: ids.record(),
    firstName: "Milo",
    lastName: "Member",
    email: "milo@agency.example",
    phone: "+12025550110",
    extension: "",
    role: "user",
    permissions: { contactsEnabled: true, opportunitiesEnabled: true, conversationsEnabled: true },
    locations: [seed.locationId],
  };
}

function ticket({ ids }: EventSampleContext): EventFields<"SupportTicketCreate"> {
  return { ticketId: ids.object() };
}

function base(action: "created" | "updated" | "deleted"): (context: EventSampleContext) => EventFields<"KnowledgeBaseCreate"> {
  return ({ ids }) => {
    const knowledgeBaseId = ids.object();
    return { knowledgeBaseId, id: knowledgeBaseId, status: "active", action, deleted: action === "deleted" };
  };
}

function asset(assetType: string): (context: EventSampleContext) => EventFields<"KnowledgeBaseFaqChange"> {
  return ({ ids }) => ({
    knowledgeBaseId: ids.object(),
    id: ids.object(),
    assetType,
    status: "trained",
    action: "created",
    deleted: false,
  });
}

/** Locations, users, tickets and knowledge bases. */
export const accountSamples: EventSamples<AccountKind> = {
  LocationCreate: location,
  LocationUpdate: location,
  UserCreate: user,
  UserUpdate: user,
  UserDelete: ({ ids }) => ({ id: ids.record() }),
  SupportTicketCreate: ticket,
  SupportTicketUpdate: ticket,
  SupportTicketDelete: ticket,
  KnowledgeBaseCreate: base("created"),
  KnowledgeBaseUpdate: base("updated"),
  KnowledgeBaseDelete: base("deleted"),
  KnowledgeBaseFaqChange: asset("faq"),
  KnowledgeBaseFileChange: asset("file"),
  KnowledgeBaseRichTextChange: asset("richText"),
  KnowledgeBaseTableFileChange: asset("tableFile"),
  KnowledgeBaseTrainedUrlChange: asset("trainedUrl"),
};
