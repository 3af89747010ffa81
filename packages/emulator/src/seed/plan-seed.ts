import { createIdSource } from "../ids/id-source.ts";
import { createRandom } from "../ids/random.ts";
import type { Seed } from "./seed.ts";

/** Derives every id and token from the seed text. */
export function planSeed(text: string): Seed {
  const ids = createIdSource(`${text}/seed`);
  const appId = ids.object();
  const companyId = ids.record();
  const locationId = ids.record();
  return {
    companyId,
    locationId,
    secondLocationId: ids.record(),
    app: { id: appId, versionId: ids.object(), clientId: `${appId}-${ids.record().slice(0, 8).toLowerCase()}`, clientSecret: ids.uuid() },
    tokens: {
      location: `pit-${ids.uuid()}`,
      agency: `pit-${ids.uuid()}`,
      secondLocation: `pit-${ids.uuid()}`,
      contactsReadonly: `pit-${ids.uuid()}`,
      readonly: `pit-${ids.uuid()}`,
      appLocation: accessToken(text, "Location", locationId),
      appCompany: accessToken(text, "Company", companyId),
    },
    users: { admin: ids.record(), member: ids.record(), agencyOwner: ids.record(), secondLocation: ids.record() },
    pipelineId: ids.record(),
    stageIds: [ids.uuid(), ids.uuid(), ids.uuid(), ids.uuid()],
    workflowIds: [ids.uuid(), ids.uuid()],
    campaignId: ids.record(),
    calendarId: ids.record(),
    businessId: ids.object(),
    customFieldIds: {
      "contact.pet_name": ids.record(),
      "contact.budget": ids.record(),
      "contact.interests": ids.record(),
      "contact.renewal_date": ids.record(),
      "opportunity.referrer": ids.record(),
    },
    lostReasonIds: [ids.object(), ids.object()],
  };
}

/**
 * A token of the form of the platform's: three base64url parts. The signature is made up, for the emulator knows its
 * own tokens by heart.
 */
function accessToken(seed: string, authClass: "Location" | "Company", authClassId: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const random = createRandom(`${seed}/${authClass}/${authClassId}`);
  const signature = Buffer.from(Uint32Array.from({ length: 16 }, () => random()).buffer).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part({ authClass, authClassId, source: "INTEGRATION" })}.${signature}`;
}
