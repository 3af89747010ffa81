import { createIdSource } from "../ids/id-source.ts";
import { tokenText } from "../oauth/token-text.ts";
import type { Seed } from "./seed.ts";

/** Derives every id and token from the seed text. */
export function planSeed(text: string): Seed {
  const ids = createIdSource(`${text}/seed`);
  const appId = ids.object();
  const companyId = ids.record();
  const locationId = ids.record();
  const secondLocationId = ids.record();
  const versionId = ids.object();
  const clientId = `${appId}-${ids.record().slice(0, 8).toLowerCase()}`;
  const token = (authClass: "Location" | "Company", authClassId: string, purpose: "access" | "refresh"): string =>
    tokenText({ authClass, authClassId, sourceId: clientId, jti: createIdSource(`${text}/${authClassId}/${purpose}`).object() });
  return {
    companyId,
    companyName: "Lighthouse Agency",
    locationId,
    secondLocationId,
    app: { id: appId, versionId, clientId, clientSecret: ids.uuid(), sharedSecret: createIdSource(`${text}/shared-secret`).uuid() },
    tokens: {
      location: `pit-${ids.uuid()}`,
      agency: `pit-${ids.uuid()}`,
      secondLocation: `pit-${ids.uuid()}`,
      contactsReadonly: `pit-${ids.uuid()}`,
      readonly: `pit-${ids.uuid()}`,
      appLocation: token("Location", locationId, "access"),
      appCompany: token("Company", companyId, "access"),
      appLocationRefresh: token("Location", locationId, "refresh"),
      appCompanyRefresh: token("Company", companyId, "refresh"),
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
    conversationProviders: { sms: ids.object(), email: ids.object(), custom: ids.object(), call: ids.object(), foreign: ids.object() },
    draftWorkflowId: ids.uuid(),
  };
}
