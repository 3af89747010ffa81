import type { Generation } from "../../contract/contract-source.ts";
import type { Contact } from "../../state/contact.ts";
import type { Opportunity } from "../../state/opportunity.ts";
import type { State } from "../../state/state.ts";
import { fullName } from "../contacts/contact-view.ts";

/** An opportunity as answers show it, with its contact's card. Forecasts belong to the current generation. */
export function opportunityView(opportunity: Opportunity, state: State, generation: Generation): Record<string, unknown> {
  const { customFields, forecastExpectedCloseDate, forecastProbability, contactId, ...fields } = opportunity;
  const contact = contactId === undefined ? undefined : state.contacts.get(contactId);
  return {
    ...fields,
    ...(contactId !== undefined && { contactId }),
    customFields: customFields.map(({ id, value }) => ({ id, fieldValue: value })),
    ...(contact !== undefined && { contact: contactCard(contact) }),
    ...(generation === "v3" && {
      ...(forecastExpectedCloseDate !== undefined && { forecastExpectedCloseDate }),
      ...(forecastProbability !== undefined && { forecastProbability, effectiveProbability: forecastProbability }),
    }),
  };
}

function contactCard(contact: Contact): Record<string, unknown> {
  const { id, companyName, email, phone, tags } = contact;
  return { id, name: fullName(contact), ...(companyName && { companyName }), ...(email && { email }), ...(phone && { phone }), tags };
}
