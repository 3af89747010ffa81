import type { LocationClient } from "ghlkit";
import type { Lead, Outcome } from "./lead.ts";

/** What {@link pushLead} would do, found out by reading alone. */
export async function previewLead(client: LocationClient, lead: Lead): Promise<Outcome> {
  const { contact } = await client.contacts.findDuplicate({
    ...(lead.email === undefined ? {} : { email: lead.email }),
    ...(lead.email !== undefined || lead.phone === undefined ? {} : { number: lead.phone }),
  });
  const existing = contact?.id ?? undefined;
  const reason = [...(existing === undefined ? [] : ["the contact exists already"]), ...lead.notes].join("; ");
  return {
    line: lead.line,
    outcome: existing === undefined ? "would create" : "would adopt",
    contactId: existing,
    opportunityId: undefined,
    followUps: [],
    reason,
  };
}
