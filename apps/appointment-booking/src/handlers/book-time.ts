import { Refusal, textIn, type Action, type Backend } from "@ghlkit/app-kit/server";
import type { BookResult, LocationBooking } from "@ghlkit/crm/booking";
import { contactEmail, createContacts } from "@ghlkit/crm/contacts";
import type { Confirmation } from "../confirmation.ts";
import { pathOf, shownAppointment } from "../shown-appointment.ts";
import type { FreeTime } from "../slots.ts";

/** What became of a booking. */
export type Booked =
  | { readonly outcome: "booked"; readonly path: string }
  | { readonly outcome: "taken"; readonly fresh: readonly FreeTime[] }
  | { readonly outcome: "checking"; readonly afterMs: number };

/** What booking needs of the location. */
export interface BookingParts {
  readonly booking: LocationBooking;
  readonly confirmation: Confirmation;
}

/** Books the time that was clicked, and no other, for the person of the form. */
export async function bookTime(backend: Backend, { booking, confirmation }: BookingParts, action: Action): Promise<Booked> {
  const { body, key, session } = action;
  const name = textIn(body, "name", { needed: true, most: 100 });
  const email = contactEmail(textIn(body, "email", { needed: true, most: 200 }));
  if (email === undefined) throw new Refusal("The e-mail is no address.", { email: "is no address" });
  const [calendarId, start, zone] = ["calendarId", "start", "zone"].map((field) => textIn(body, field, { needed: true })) as [
    string,
    string,
    string,
  ];
  const contacts = createContacts(backend.location(session.locationId), { journal: backend.journal, clock: backend.clock });
  const [firstName = name, ...rest] = name.split(/\s+/);
  const person = await contacts.ensure({ firstName, lastName: rest.join(" "), email, source: "booking page" }, { existing: "fill" });
  if (!("contact" in person)) throw new Refusal("HighLevel does not take this e-mail.", { email: "was refused" });
  const result = await booking.book({
    key,
    slot: { calendarId, startTime: start },
    contact: person.contact.id,
    zone: "UTC",
    title: `${name}`,
  });
  if (result.outcome !== "booked") return notBooked(result);
  const appointment = shownAppointment(result.appointment);
  const path = pathOf(backend, session.locationId, appointment.id);
  // Kept first: what HighLevel does not take now goes out later.
  const confirmed = { contactId: person.contact.id, appointment, zone, link: `${backend.publicUrl()}${path}` };
  await confirmation.accept(appointment.id, confirmed);
  void confirmation.run(appointment.id, confirmed).catch((error: unknown) => console.error(error));
  return { outcome: "booked", path };
}

function notBooked(result: Exclude<BookResult, { readonly outcome: "booked" }>): Booked {
  switch (result.outcome) {
    case "taken":
      return {
        outcome: "taken",
        fresh: result.freshSlots.map(({ startTime, endTime }) => ({
          start: new Date(startTime).toISOString(),
          end: new Date(endTime).toISOString(),
        })),
      };
    case "unknown":
      return { outcome: "checking", afterMs: result.probeAfterMs };
    case "refused":
      throw new Refusal(`HighLevel refused it: ${result.why.replaceAll("_", " ")}.`);
  }
}
