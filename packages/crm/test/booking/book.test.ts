import { describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import { createBooking, type BookResult } from "../../src/booking/index.ts";
import { all, monday, openBooking, type BookingBench } from "./booking-on-emulator.ts";

const nine = "2026-10-05T09:00:00-04:00";
const ten = "2026-10-05T10:00:00-04:00";

/** Starts of the appointments of the calendar. */
async function appointments({ location, calendarId }: BookingBench): Promise<readonly string[]> {
  const week = { startTime: String(monday), endTime: String(monday + 7 * 86_400_000) };
  const { events } = await location.calendars.listEvents({ calendarId, ...week });
  return events.filter(({ appointmentStatus }) => appointmentStatus !== "cancelled").map(({ startTime }) => startTime);
}

const book = (bench: BookingBench, key: string, startTime = nine, more: object = {}): Promise<BookResult> =>
  bench.run(() => bench.booking.book({ key, slot: { calendarId: bench.calendarId, startTime }, contact: bench.contactId, ...more }));

function lost(bench: BookingBench, afterEffect: boolean): void {
  bench.emulator.faults.add({ operation: "calendars.createAppointment", kind: "lost-answer", times: 1, afterEffect });
}

describe("book", () => {
  it("books once for a key, and gives the first result ever after", async () => {
    const bench = await openBooking();
    const first = await book(bench, "k1");
    expect(first).toMatchObject({
      outcome: "booked",
      how: "now",
      appointment: {
        startTime: nine,
        endTime: "2026-10-05T09:30:00-04:00",
        status: "confirmed",
        teamMember: bench.emulator.seed.users.admin,
      },
    });
    expect(await book(bench, "k1")).toEqual({ ...first, how: "before" });
    expect(await appointments(bench)).toEqual([nine]);
  });

  it("books the instant that was clicked, whatever the visitor's zone", async () => {
    const bench = await openBooking();
    const [slot] = await all(bench.booking.slots({ calendarId: bench.calendarId, zone: "Asia/Tokyo" }));
    if (slot === undefined) throw new Error("no slot");
    const result = await bench.run(() => bench.booking.book({ key: "k1", slot, contact: bench.contactId }));
    expect(result).toMatchObject({ outcome: "booked", appointment: { startTime: slot.inCalendar.startTime } });
  });

  it("finds an appointment whose answer was lost", async () => {
    const bench = await openBooking();
    lost(bench, true);
    expect(await book(bench, "k1")).toMatchObject({ outcome: "booked", how: "found", appointment: { startTime: nine } });
    expect(await appointments(bench)).toEqual([nine]);
  });

  it("finds it though the start was given with milliseconds, which the platform does not keep", async () => {
    const bench = await openBooking();
    lost(bench, true);
    const start = new Date(Date.parse(nine) + 123).toISOString();
    const found = await book(bench, "k1", start);
    expect(found).toMatchObject({ outcome: "booked", how: "found", appointment: { startTime: nine } });
    const { id: appointmentId } = (found as BookResult & { readonly outcome: "booked" }).appointment;
    const slot = { calendarId: bench.calendarId, startTime: start };
    expect(await bench.booking.reschedule({ appointmentId, slot })).toMatchObject({ outcome: "unchanged" });
  });

  it("refuses a day that the calendar does not have, which Date takes for the next month", async () => {
    const bench = await openBooking();
    for (const start of ["2026-11-31T09:00:00-05:00", "2027-02-29T09:00:00-05:00"])
      await expect(book(bench, "k1", start)).rejects.toMatchObject({ code: "invalid_request", message: /the calendar has no/ });
  });

  it("does not book again until it is certain that the first did not arrive, and then does", async () => {
    const bench = await openBooking();
    lost(bench, false);
    expect(await book(bench, "k1")).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
    await bench.clock.advance(60_000);
    expect(await book(bench, "k1")).toMatchObject({ outcome: "booked", how: "now" });
    expect(await appointments(bench)).toEqual([nine]);
  });

  it("books no second slot for a key whose first one may have been booked", async () => {
    const bench = await openBooking();
    const failing = { operation: "calendars.listEvents", kind: "error", status: 503, times: 2 } as const;
    lost(bench, true);
    bench.emulator.faults.add(failing);
    expect(await book(bench, "k1")).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(60_000);
    expect(await book(bench, "k1", ten)).toMatchObject({ outcome: "unknown" });
    expect(await book(bench, "k1", ten)).toMatchObject({ outcome: "booked", how: "found", appointment: { startTime: nine } });
    expect(await book(bench, "k1", ten)).toMatchObject({ outcome: "booked", how: "before", appointment: { startTime: nine } });
    expect(await appointments(bench)).toEqual([nine]);
  });

  it("books another slot under the same key when the first was taken, or did certainly not arrive", async () => {
    const bench = await openBooking();
    await bench.location.calendars.createAppointment({
      body: { calendarId: bench.calendarId, contactId: await bench.addContact("rival"), startTime: nine },
    });
    expect(await book(bench, "k1")).toMatchObject({ outcome: "taken" });
    lost(bench, false);
    expect(await book(bench, "k1", ten)).toMatchObject({ outcome: "unknown" });
    await bench.clock.advance(60_000);
    const eleven = "2026-10-05T11:00:00-04:00";
    expect(await book(bench, "k1", eleven)).toMatchObject({ outcome: "booked", how: "now", appointment: { startTime: eleven } });
    expect(await appointments(bench)).toEqual([nine, eleven]);
  });

  it("books one slot when a key is tried with two at once, and a slot again that was given up", async () => {
    const bench = await openBooking();
    const other = createBooking(bench.location, { journal: bench.journal, clock: bench.clock });
    const at = (startTime: string): { calendarId: string; startTime: string } => ({ calendarId: bench.calendarId, startTime });
    await bench.run(() =>
      Promise.all([
        bench.booking.book({ key: "k1", slot: at(nine), contact: bench.contactId }),
        other.book({ key: "k1", slot: at(ten), contact: bench.contactId }),
      ]),
    );
    expect((await appointments(bench)).length).toBe(1);
    const rival = await bench.addContact("rival");
    const taken = { calendarId: bench.calendarId, contactId: rival, startTime: "2026-10-05T11:00:00-04:00" };
    const { id } = await bench.location.calendars.createAppointment({ body: taken });
    expect(await book(bench, "k2", taken.startTime)).toMatchObject({ outcome: "taken" });
    expect(await book(bench, "k2", "2026-10-04T11:00:00-04:00")).toMatchObject({ outcome: "taken" });
    await bench.booking.cancel(id);
    expect(await book(bench, "k2", taken.startTime)).toMatchObject({ outcome: "booked", how: "now" });
  });

  it("offers the nearest free slots, in the visitor's zone, when the slot went to another", async () => {
    const bench = await openBooking();
    const rival = await bench.addContact("rival");
    await bench.location.calendars.createAppointment({ body: { calendarId: bench.calendarId, contactId: rival, startTime: ten } });
    const result = await book(bench, "k1", ten, { zone: "Europe/Paris" });
    expect(result).toMatchObject({ outcome: "taken" });
    const fresh = result.outcome === "taken" ? result.freshSlots : [];
    expect(fresh.map(({ startTime }) => startTime)).toEqual([
      "2026-10-05T15:00:00+02:00",
      "2026-10-05T15:30:00+02:00",
      "2026-10-05T16:30:00+02:00",
    ]);
  });

  it("knows a slot that the contact has already, under another key", async () => {
    const bench = await openBooking();
    const first = await book(bench, "k1");
    expect(await book(bench, "form-2")).toMatchObject({
      outcome: "booked",
      how: "found",
      appointment: { id: first.outcome === "booked" && first.appointment.id },
    });
  });

  it("books the same slot again after it was cancelled, under another key", async () => {
    const bench = await openBooking();
    const first = await book(bench, "k1");
    await bench.booking.cancel(first.outcome === "booked" ? first.appointment.id : "");
    expect(await book(bench, "k2")).toMatchObject({ outcome: "booked", how: "now" });
  });

  it("has one winner of two visitors at once", async () => {
    const bench = await openBooking();
    const rival = await bench.addContact("rival");
    const slot = { calendarId: bench.calendarId, startTime: nine };
    const results = await bench.run(() =>
      Promise.all([
        bench.booking.book({ key: "k1", slot, contact: bench.contactId }),
        bench.booking.book({ key: "k2", slot, contact: rival }),
      ]),
    );
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(["booked", "taken"]);
    expect(await appointments(bench)).toEqual([nine]);
  });

  it("waits for another process that is at the same key", async () => {
    const bench = await openBooking();
    const other = createBooking(bench.location, { journal: bench.journal, clock: bench.clock });
    const both = await bench.run(() =>
      Promise.all(
        [bench.booking, other].map((one) =>
          one.book({ key: "k1", slot: { calendarId: bench.calendarId, startTime: nine }, contact: bench.contactId }),
        ),
      ),
    );
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["booked", "unknown"]);
    expect(await appointments(bench)).toEqual([nine]);
  });

  it("says why the platform refuses", async () => {
    const noTeam = await openBooking({ teamMembers: [] });
    expect(await book(noTeam, "k1")).toMatchObject({ outcome: "refused", why: "no_team_member" });
    const bench = await openBooking();
    const teamMember = { userId: bench.emulator.seed.users.member };
    expect(await book(bench, "k1", nine, { teamMember })).toMatchObject({ outcome: "refused", why: "not_in_team" });
    expect(await book(bench, "k2", nine, { contact: "unknown" })).toMatchObject({ outcome: "refused", why: "other" });
  });

  it("throws for outages, and for times without an offset", async () => {
    const bench = await openBooking();
    const refused = await book(bench, "k1", "2026-10-05T09:00:00").catch((error: unknown) => error);
    expect(isGhlError(refused, "invalid_request")).toBe(true);
    bench.emulator.faults.add({ operation: "calendars.get", kind: "error", status: 503, times: 1 });
    const outage = await book(bench, "k1").catch((error: unknown) => error);
    expect(isGhlError(outage, "server")).toBe(true);
    expect(await book(bench, "k1")).toMatchObject({ outcome: "booked" });
  });
});
