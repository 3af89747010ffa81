import type { Refs } from "./family-setup.ts";
import type { Walker } from "./walker.ts";

/** A contact with an appointment, which other records refer to. */
export async function prepare(walker: Walker): Promise<Refs> {
  const { locationId, calendarId } = walker.emulator.seed;
  const contact = await walker.step("contacts.create", {
    body: { locationId, email: "walk@example.com", phone: "+12025550111" },
    isMinimal: true,
  });
  const contactId = contact.body.contact?.id as string;
  const startTime = "2030-01-07T10:00:00-05:00";
  const appointment = await walker.step("calendars.createAppointment", {
    body: { calendarId, locationId, contactId, startTime },
    isMinimal: true,
  });
  return { contactId, appointmentId: appointment.body.id as string };
}
