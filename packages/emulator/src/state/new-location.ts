import type { Location } from "./location.ts";
import { locationPermissions, noProfiles } from "./location-parts.ts";

/** Switches of a new location: options of `EmulatorOptions`. */
export interface LocationDefaults {
  readonly allowDuplicates: boolean;
  readonly allowDuplicateOpportunities: boolean;
}

/** Settings that requests do not touch. */
export const accountSettings: Pick<Location["settings"], "crmSettings" | "saasSettings"> = {
  crmSettings: { deSyncOwners: false, syncFollowers: { contact: true, opportunity: true } },
  saasSettings: { saasMode: "not_activated", twilioRebilling: { enabled: false, markup: 10 } },
};

/** A location with an address and the settings of a new one. */
export function newLocation(
  { id, companyId, name }: Pick<Location, "id" | "companyId" | "name">,
  defaults: LocationDefaults,
  now: string,
): Location {
  return {
    id,
    companyId,
    name,
    country: "US",
    timezone: "America/New_York",
    settings: {
      allowDuplicateContact: defaults.allowDuplicates,
      allowDuplicateOpportunity: defaults.allowDuplicateOpportunities,
      allowFacebookNameMerge: false,
      disableContactTimezone: false,
      contactUniqueIdentifiers: ["email", "phone"],
      ...accountSettings,
    },
    social: noProfiles,
    permissions: locationPermissions,
    dateAdded: now,
    details: {
      email: `office@${name.split(" ")[0]?.toLowerCase()}.example`,
      phone: "+12025550100",
      address: "1 Main Street",
      city: "Springfield",
      state: "IL",
      postalCode: "62701",
      firstName: "Olga",
      lastName: "Owner",
      domain: "",
      logoUrl: "",
      currency: "USD",
      brandId: "",
      snapshotId: "",
      defaultEmailService: "",
      automaticMobileAppInvite: false,
      isAgencySubAccount: false,
      website: `https://${name.split(" ")[0]?.toLowerCase()}.example`,
    },
  };
}
