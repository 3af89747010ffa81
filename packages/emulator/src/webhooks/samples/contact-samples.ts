import type { EventFields } from "../platform-event.ts";
import type { EventSampleContext, EventSamples } from "./sample-context.ts";

type ContactKind =
  | `Contact${"Create" | "Update" | "Delete" | "TagUpdate" | "DndUpdate"}`
  | `Note${"Create" | "Update" | "Delete"}`
  | `Task${"Create" | "Complete" | "Delete"}`
  | "CampaignStatusUpdate";

function contact({ seed, ids, now }: EventSampleContext): EventFields<"ContactCreate"> {
  return {
    id: ids.record(),
    firstName: "Ada",
    lastName: "Lovelace",
    name: "Ada Lovelace",
    email: "ada@example.com",
    phone: "+12025550123",
    address1: "1 Main Street",
    city: "Springfield",
    state: "IL",
    postalCode: "62701",
    country: "US",
    companyName: "Analytical Engines",
    website: "https://example.com",
    source: "api",
    dateAdded: now,
    dateOfBirth: "1985-12-10T00:00:00.000Z",
    dnd: false,
    tags: ["lead"],
    attachments: [],
    assignedTo: seed.users.admin,
    customFields: [{ id: seed.customFieldIds["contact.pet_name"] ?? ids.record(), value: "Charles" }],
  };
}

function note({ ids, now }: EventSampleContext): EventFields<"NoteCreate"> {
  return { id: ids.record(), body: "Asked to be called back", contactId: ids.record(), dateAdded: now };
}

function task({ seed, ids, now }: EventSampleContext): EventFields<"TaskCreate"> {
  const assignedTo = seed.users.admin;
  return {
    id: ids.record(),
    title: "Call back",
    body: "About the offer",
    assignedTo,
    contactId: ids.record(),
    dateAdded: now,
    dueDate: now,
  };
}

/** Contacts and what hangs on them. */
export const contactSamples: EventSamples<ContactKind> = {
  ContactCreate: contact,
  ContactUpdate: contact,
  ContactDelete: contact,
  ContactTagUpdate: (context) => ({ ...contact(context), tags: ["lead", "vip"] }),
  ContactDndUpdate: (context) => ({
    ...contact(context),
    dnd: true,
    dndSettings: { SMS: { status: "active", message: "Asked to stop", code: "103" } },
  }),
  NoteCreate: note,
  NoteUpdate: note,
  NoteDelete: note,
  TaskCreate: task,
  TaskComplete: task,
  TaskDelete: task,
  CampaignStatusUpdate: ({ ids, seed, now }) => ({
    id: seed.campaignId,
    contactId: ids.record(),
    status: "active",
    templateId: ids.record(),
    replied: "false",
    dateAdded: now,
  }),
};
