import { isGhlError, type LocationClient } from "ghlkit";
import type { Lead } from "./lead.ts";

export interface EnsuredContact {
  readonly contactId: string;
  readonly isNew: boolean;
}

/**
 * Creates the contact of a lead, or adopts the one that the platform says is there already. Nothing of an existing
 * contact is overwritten.
 */
export async function ensureContact(client: LocationClient, lead: Lead): Promise<EnsuredContact> {
  try {
    const { contact } = await client.contacts.create({
      body: {
        firstName: lead.firstName,
        lastName: lead.lastName,
        source: lead.source,
        ...(lead.email === undefined ? {} : { email: lead.email }),
        ...(lead.phone === undefined ? {} : { phone: lead.phone }),
      },
    });
    return { contactId: contact.id, isNew: true };
  } catch (error) {
    if (isGhlError(error, "duplicate") && error.existingId !== undefined) return { contactId: error.existingId, isNew: false };
    throw error;
  }
}
