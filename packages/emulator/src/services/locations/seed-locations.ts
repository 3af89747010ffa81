import type { Seed } from "../../seed/seed.ts";
import type { CustomField } from "../../state/location.ts";
import { newLocation } from "../../state/new-location.ts";
import { standardFolder } from "./standard-folder.ts";
import type { Seeding } from "../service.ts";

/** Two locations of one company; custom fields and a custom value of the first, tags of both. */
export function seedLocations({ seed, state, ids, sow, defaults, now }: Seeding): void {
  const { companyId, locationId, secondLocationId } = seed;
  state.locations.put(newLocation({ id: locationId, companyId, name: "Harbour Dental" }, defaults, now));
  state.locations.put(newLocation({ id: secondLocationId, companyId, name: "Hillside Fitness" }, defaults, now));
  for (const field of customFields(seed, now)) state.customFields.put(field);
  for (const id of [locationId, secondLocationId]) {
    for (const name of ["lead", "customer", "vip"]) state.tags.put({ id: ids.record(), name, locationId: id });
  }
  state.customValues.put({
    id: ids.record(),
    name: "Opening hours",
    fieldKey: "{{ custom_values.opening_hours }}",
    value: "Mon-Fri 9-17",
    documentType: "field",
    locationId,
  });
  sow("/locations/templates", {
    name: "Reminder",
    type: "sms",
    template: { body: "See you tomorrow", attachments: [] },
    urlAttachments: [],
  });
  const mail = { subject: "Welcome", html: "<p>Welcome</p>", attachments: [] };
  sow("/locations/templates", { name: "Welcome", type: "email", template: mail, urlAttachments: [] });
}

function customFields({ customFieldIds, locationId }: Seed, dateAdded: string): readonly CustomField[] {
  const field = (fieldKey: string, name: string, dataType: string, picklistOptions?: readonly string[]): CustomField => ({
    id: customFieldIds[fieldKey] as string,
    name,
    fieldKey,
    dataType,
    model: fieldKey.startsWith("opportunity.") ? "opportunity" : "contact",
    locationId,
    position: 0,
    placeholder: "",
    documentType: "field",
    parentId: standardFolder(locationId, fieldKey.startsWith("opportunity.") ? "opportunity" : "contact"),
    scopes: [],
    standard: false,
    dateAdded,
    ...(picklistOptions && { picklistOptions }),
  });
  return [
    field("contact.pet_name", "Pet name", "TEXT"),
    field("contact.budget", "Budget", "MONETORY"),
    field("contact.interests", "Interests", "MULTIPLE_OPTIONS", ["Whitening", "Braces", "Check-up"]),
    field("contact.renewal_date", "Renewal date", "DATE"),
    field("opportunity.referrer", "Referrer", "TEXT"),
  ];
}
