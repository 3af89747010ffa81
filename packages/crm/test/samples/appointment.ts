import type { LocationClient } from "@ghlkit/client";
import { createBooking, type Slot } from "@ghlkit/crm/booking";
import type { Journal } from "@ghlkit/storage";

export function appointments(location: LocationClient, journal: Journal, calendarId: string) {
  const booking = createBooking(location, { journal });
  return {
    /** What a visitor may choose from, in the visitor's zone. */
    offer: async (zone: string, count = 10): Promise<readonly Slot[]> => {
      const slots: Slot[] = [];
      for await (const slot of booking.slots({ calendarId, zone, to: Date.now() + 60 * 86_400_000 })) {
        slots.push(slot);
        if (slots.length === count) break;
      }
      return slots;
    },
    /** `form` is the id of the form that was sent: sent twice, it books once. */
    confirm: async (form: string, slot: Slot, contact: string): Promise<string> => {
      const result = await booking.book({ key: form, slot, contact, zone: slot.zone });
      switch (result.outcome) {
        case "booked":
          return `${slot.startTime} (${slot.zone}), for us ${result.appointment.startTime} (${result.appointment.zone})`;
        case "taken":
          return `gone, free are ${result.freshSlots.map(({ startTime }) => startTime).join(", ")}`;
        case "refused":
          return `not possible: ${result.why}`;
        case "unknown":
          return `ask again in ${result.probeAfterMs} ms`;
      }
    },
  };
}
