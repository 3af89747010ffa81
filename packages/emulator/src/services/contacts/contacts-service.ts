import type { Service } from "../service.ts";
import { automationHandlers } from "./contact-automation.ts";
import { contactChanges } from "./contact-changes.ts";
import { followerHandlers } from "./contact-followers.ts";
import { contactListHandlers } from "./contact-lists.ts";
import { noteHandlers } from "./contact-notes.ts";
import { contactTagHandlers } from "./contact-tags.ts";
import { taskHandlers } from "./contact-tasks.ts";
import { contactHandlers } from "./contacts.ts";
import { noteChanges } from "./note-changes.ts";
import { taskChanges } from "./task-changes.ts";

/** Contacts with their tags, notes, tasks, followers, campaigns and workflows. */
export const contactsService: Service = {
  evidence: { "contacts.list": "reported" },
  handlers: {
    ...contactHandlers,
    ...contactListHandlers,
    ...contactTagHandlers,
    ...noteHandlers,
    ...taskHandlers,
    ...followerHandlers,
    ...automationHandlers,
  },
  changes({ contacts, notes, tasks }, publish, switches) {
    contacts.onChange((before, after) => publish(() => contactChanges(before, after, switches().tagEvents)));
    notes.onChange((before, after) => {
      const contact = contacts.get((after ?? before)?.contactId ?? "");
      if (contact !== undefined) publish(() => noteChanges(before, after, contact.locationId));
    });
    tasks.onChange((before, after) => {
      if (contacts.get((after ?? before)?.contactId ?? "") !== undefined) publish(() => taskChanges(before, after, switches().taskEvents));
    });
  },
};
