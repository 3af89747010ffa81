import type { ResolvedOptions } from "../emulator-options.ts";
import { createIdSource } from "../ids/id-source.ts";
import type { CustomField, Location } from "../state/location.ts";
import type { State } from "../state/state.ts";
import type { User } from "../state/user.ts";
import type { Seed } from "./seed.ts";

/** Fills an empty state with two locations of one company, their people and their furniture; no contacts. */
export function sowState(seed: Seed, state: State, options: ResolvedOptions, now: string): void {
  const ids = createIdSource(`${options.seed}/state`);
  state.locations.put(newLocation(seed.locationId, "Harbour Dental", seed, options, now));
  state.locations.put(newLocation(seed.secondLocationId, "Hillside Fitness", seed, options, now));
  for (const user of users(seed, now)) state.users.put(user);
  for (const field of customFields(seed)) state.customFields.put(field);
  for (const locationId of [seed.locationId, seed.secondLocationId]) {
    for (const name of ["lead", "customer", "vip"]) state.tags.put({ id: ids.record(), name, locationId });
  }
  const { locationId } = seed;
  state.customValues.put({
    id: ids.record(),
    name: "Opening hours",
    fieldKey: "{{ custom_values.opening_hours }}",
    value: "Mon-Fri 9-17",
    locationId,
  });
  sowSales(seed, state, now);
  for (const [index, name] of ["Welcome new lead", "Appointment reminder"].entries()) {
    const id = seed.workflowIds[index] as string;
    state.workflows.put({ id, name, status: "published", version: index + 1, locationId, createdAt: now, updatedAt: now });
  }
  state.campaigns.put({ id: seed.campaignId, name: "Spring newsletter", status: "published", locationId });
  state.calendars.put({
    id: seed.calendarId,
    locationId,
    name: "Consultation",
    slug: "consultation",
    isActive: true,
    calendarType: "round_robin",
    details: { description: "", slotDuration: 30, slotDurationUnit: "mins" },
  });
  state.businesses.put({ id: seed.businessId, locationId, name: "Seaside Bakery", createdAt: now, updatedAt: now, details: {} });
}

function sowSales(seed: Seed, state: State, now: string): void {
  const { locationId } = seed;
  const stages = ["New lead", "Contacted", "Proposal sent", "Closed"].map((name, position) => ({
    id: seed.stageIds[position] as string,
    name,
    position,
  }));
  state.pipelines.put({ id: seed.pipelineId, name: "Sales", locationId, stages });
  for (const [index, name] of ["Too expensive", "No answer"].entries()) {
    state.lostReasons.put({ id: seed.lostReasonIds[index] as string, name, locationId, createdAt: now, updatedAt: now });
  }
}

/** A location with settings and address as the emulator's options want them. */
export function newLocation(id: string, name: string, seed: Seed, options: ResolvedOptions, now: string): Location {
  return {
    id,
    companyId: seed.companyId,
    name,
    country: "US",
    timezone: "America/New_York",
    settings: {
      allowDuplicateContact: options.allowDuplicates,
      allowDuplicateOpportunity: options.allowDuplicateOpportunities,
      allowFacebookNameMerge: false,
      disableContactTimezone: false,
      contactUniqueIdentifiers: ["email", "phone"],
    },
    social: {},
    dateAdded: now,
    details: {
      email: `office@${name.split(" ")[0]?.toLowerCase()}.example`,
      phone: "+12025550100",
      address: "1 Main Street",
      city: "Springfield",
      state: "IL",
      postalCode: "62701",
      website: `https://${name.split(" ")[0]?.toLowerCase()}.example`,
    },
  };
}

function users(seed: Seed, now: string): readonly User[] {
  const { users: ids, companyId, locationId, secondLocationId } = seed;
  const user = (id: string, firstName: string, lastName: string, more: Pick<User, "type" | "role" | "locationIds">): User => ({
    id,
    companyId,
    firstName,
    lastName,
    email: `${firstName.toLowerCase()}@agency.example`,
    phone: "+12025550110",
    extension: "",
    permissions: { contactsEnabled: true, opportunitiesEnabled: true, conversationsEnabled: true },
    scopes: ["contacts.write", "opportunities.write", "conversations.write"],
    deleted: false,
    dateAdded: now,
    ...more,
  });
  return [
    user(ids.admin, "Ada", "Admin", { type: "account", role: "admin", locationIds: [locationId] }),
    user(ids.member, "Milo", "Member", { type: "account", role: "user", locationIds: [locationId] }),
    user(ids.agencyOwner, "Olga", "Owner", { type: "agency", role: "admin", locationIds: [locationId, secondLocationId] }),
    user(ids.secondLocation, "Sven", "Second", { type: "account", role: "admin", locationIds: [secondLocationId] }),
  ];
}

function customFields({ customFieldIds, locationId }: Seed): readonly CustomField[] {
  const field = (fieldKey: string, name: string, dataType: string, picklistOptions?: readonly string[]): CustomField => ({
    id: customFieldIds[fieldKey] as string,
    name,
    fieldKey,
    dataType,
    model: fieldKey.startsWith("opportunity.") ? "opportunity" : "contact",
    locationId,
    position: 0,
    placeholder: "",
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
