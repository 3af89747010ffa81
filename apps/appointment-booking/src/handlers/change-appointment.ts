import { Refusal, textIn, type Action, type Backend } from "@ghlkit/app-kit/server";
import type { LocationBooking } from "@ghlkit/crm/booking";
import { findAppointment, shownAppointment, type ShownAppointment } from "../shown-appointment.ts";
import type { FreeTime } from "../slots.ts";

/** What became of a change. */
export type Changed =
  | { readonly outcome: "changed" | "unchanged"; readonly appointment: ShownAppointment }
  | { readonly outcome: "taken"; readonly fresh: readonly FreeTime[] };

/** Cancels the appointment of a private path; twice does no harm. */
export async function cancelAppointment(backend: Backend, booking: LocationBooking, { body }: Action): Promise<Changed> {
  const known = await knownAppointment(backend, booking, body);
  const result = await booking.cancel(known.id);
  if (result.outcome === "not_found") throw new Refusal("This appointment is not there any more.");
  return { outcome: result.outcome, appointment: shownAppointment(result.appointment) };
}

/** Moves the appointment of a private path. Where the new time cannot be had, the old one stays. */
export async function moveAppointment(backend: Backend, booking: LocationBooking, { body }: Action): Promise<Changed> {
  const known = await knownAppointment(backend, booking, body);
  const startTime = textIn(body, "start", { needed: true });
  const result = await booking.reschedule({ appointmentId: known.id, slot: { calendarId: known.calendarId, startTime } });
  switch (result.outcome) {
    case "rescheduled":
      return { outcome: "changed", appointment: shownAppointment(result.appointment) };
    case "unchanged":
      return { outcome: "unchanged", appointment: shownAppointment(result.appointment) };
    case "taken":
      return {
        outcome: "taken",
        fresh: result.freshSlots.map(({ startTime: start, endTime }) => ({
          start: new Date(start).toISOString(),
          end: new Date(endTime).toISOString(),
        })),
      };
    case "cancelled":
      throw new Refusal("This appointment was cancelled: book a new one.");
    case "not_found":
      throw new Refusal("This appointment is not there any more.");
    case "refused":
      throw new Refusal("HighLevel refused the new time. The old one stays.");
  }
}

async function knownAppointment(backend: Backend, booking: LocationBooking, body: Action["body"]): Promise<ShownAppointment> {
  const [location, id, sign] = ["location", "id", "sign"].map((name) => textIn(body, name, { needed: true })) as [string, string, string];
  const found = await findAppointment(backend, booking, { location, id, sign });
  if (found === undefined) throw new Refusal("This link leads to no appointment.");
  return found;
}
