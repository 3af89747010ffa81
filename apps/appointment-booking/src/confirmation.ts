import { knownOutcome, type Backend } from "@ghlkit/app-kit/server";
import { createConversations } from "@ghlkit/crm/conversations";
import { createSteps, type StepsDefinition } from "@ghlkit/crm/steps";
import { momentName } from "./moment-name.ts";
import type { ShownAppointment } from "./shown-appointment.ts";

/** What is confirmed. */
export interface Confirmed {
  readonly contactId: string;
  readonly appointment: ShownAppointment;
  /** The visitor's. IANA name. */
  readonly zone: string;
  readonly link: string;
}

export type Confirmation = StepsDefinition<Confirmed, { readonly message: string; readonly tag: string }>;

/** Message and tag after a booking: each once, also when HighLevel does not answer at that moment. */
export function createConfirmation({ location: locationOf, journal, clock }: Backend, locationId: string): Confirmation {
  const location = locationOf(locationId);
  const conversations = createConversations(location, { journal, clock });
  return createSteps<Confirmed>({ name: `booking-${locationId}`, journal, clock, leaseMs: 15_000 })
    .step(
      "message",
      async ({ input: { contactId, appointment, zone, link }, key }) => {
        const html = `<p>Your appointment: ${momentName(appointment.start, zone)}.</p><p><a href="${link}">Change, cancel or add it to your calendar</a></p>`;
        const sent = await conversations.send({
          channel: "email",
          to: contactId,
          subject: `Confirmed: ${momentName(appointment.start, zone)}`,
          html,
          key,
        });
        return knownOutcome(sent).outcome;
      },
      { isRepeatable: true },
    )
    .step(
      "tag",
      async ({ input: { contactId } }) => {
        await location.contacts.addTags({ contactId, body: { tags: ["booked"] } });
        return "booked";
      },
      { isRepeatable: true },
    );
}
