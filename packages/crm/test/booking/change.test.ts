import { describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import type { Appointment, BookResult } from "../../src/booking/index.ts";
import { all, openBooking, type BookingBench } from "./booking-on-emulator.ts";

const nine = "2026-10-05T09:00:00-04:00";
const ten = "2026-10-05T10:00:00-04:00";

async function booked(bench: BookingBench, key = "k1", startTime = nine): Promise<Appointment> {
  const slot = { calendarId: bench.calendarId, startTime };
  const result = await bench.booking.book({ key, slot, contact: bench.contactId });
  if (result.outcome !== "booked") throw new Error(result.outcome);
  return result.appointment;
}

describe("reschedule", () => {
  it("moves an appointment, keeps its status and its length, and shows how it was", async () => {
    for (const statusOnUpdate of ["reset", "keep"] as const) {
      const bench = await openBooking({}, { calendars: { statusOnUpdate } });
      const { id } = await booked(bench);
      await bench.booking.setStatus(id, "showed");
      const slot = { calendarId: bench.calendarId, startTime: ten };
      expect(await bench.booking.reschedule({ appointmentId: id, slot })).toMatchObject({
        outcome: "rescheduled",
        appointment: { id, startTime: ten, endTime: "2026-10-05T10:30:00-04:00", status: "showed" },
        before: { startTime: nine },
      });
      expect(await bench.booking.reschedule({ appointmentId: id, slot })).toMatchObject({ outcome: "unchanged" });
    }
  });

  it("leaves it where it is when the new time is taken, and offers others", async () => {
    const bench = await openBooking();
    const { id } = await booked(bench);
    const rival = await bench.addContact("rival");
    await bench.location.calendars.createAppointment({ body: { calendarId: bench.calendarId, contactId: rival, startTime: ten } });
    const result = await bench.booking.reschedule({ appointmentId: id, slot: { calendarId: bench.calendarId, startTime: ten } });
    expect(result).toMatchObject({ outcome: "taken", freshSlots: [{}, {}, {}] });
    expect(await bench.booking.get(id)).toMatchObject({ startTime: nine });
  });

  it("hands it to another of the team who is free, unless the member is to stay", async () => {
    const bench = await openBooking();
    const { admin, member } = bench.emulator.seed.users;
    const { calendarId } = bench;
    const { calendar } = await bench.location.calendars.get({ calendarId });
    const team = [{ userId: admin }, { userId: member }];
    await bench.location.calendars.update({ calendarId, body: { openHours: calendar.openHours, teamMembers: team } as object });
    const serve = (key: string, contact: string, startTime: string): Promise<BookResult> =>
      bench.booking.book({ key, contact, slot: { calendarId, startTime }, teamMember: { userId: admin } });
    const first = await serve("k1", bench.contactId, nine);
    await serve("k2", await bench.addContact("rival"), ten);
    const appointmentId = first.outcome === "booked" ? first.appointment.id : "";
    const slot = { calendarId, startTime: ten };
    expect(await bench.booking.reschedule({ appointmentId, slot, teamMember: "keep" })).toMatchObject({ outcome: "taken" });
    expect(await bench.booking.reschedule({ appointmentId, slot })).toMatchObject({
      outcome: "rescheduled",
      appointment: { teamMember: member, startTime: ten },
    });
  });

  it("finds out where it is after a lost answer", async () => {
    const bench = await openBooking();
    const { id } = await booked(bench);
    bench.emulator.faults.add({ operation: "calendars.updateAppointment", kind: "lost-answer", times: 1, afterEffect: true });
    const slot = { calendarId: bench.calendarId, startTime: ten };
    expect(await bench.run(() => bench.booking.reschedule({ appointmentId: id, slot }))).toMatchObject({
      outcome: "rescheduled",
      appointment: { startTime: ten },
    });
    bench.emulator.faults.add({ operation: "calendars.updateAppointment", kind: "lost-answer", times: 1, afterEffect: false });
    const back = { calendarId: bench.calendarId, startTime: nine };
    const outage = await bench.run(() => bench.booking.reschedule({ appointmentId: id, slot: back })).catch((error: unknown) => error);
    expect(isGhlError(outage, "network")).toBe(true);
    expect(await bench.booking.reschedule({ appointmentId: id, slot: back })).toMatchObject({ outcome: "rescheduled" });
  });

  it("moves no cancelled appointment, and none that is not there", async () => {
    const bench = await openBooking();
    const { id } = await booked(bench);
    await bench.booking.cancel(id);
    const slot = { calendarId: bench.calendarId, startTime: ten };
    expect(await bench.booking.reschedule({ appointmentId: id, slot })).toMatchObject({ outcome: "cancelled" });
    expect(await bench.booking.reschedule({ appointmentId: "none", slot })).toEqual({ outcome: "not_found" });
    await bench.location.calendars.deleteEvent({ eventId: id, body: {} });
    expect(await bench.booking.reschedule({ appointmentId: id, slot })).toEqual({ outcome: "not_found" });
    expect(await bench.booking.get(id)).toBeUndefined();
  });
});

describe("a status", () => {
  it("is set alone, also of an appointment in the past; cancelling twice does no harm", async () => {
    const bench = await openBooking();
    const { id } = await booked(bench);
    await bench.clock.advance(7 * 86_400_000);
    expect(await bench.booking.setStatus(id, "noshow")).toMatchObject({
      outcome: "changed",
      appointment: { status: "noshow", startTime: nine },
      before: { status: "confirmed" },
    });
    expect(await bench.booking.cancel(id)).toMatchObject({ outcome: "changed", appointment: { status: "cancelled" } });
    expect(await bench.booking.cancel(id)).toMatchObject({ outcome: "unchanged" });
    expect(await bench.booking.cancel("none")).toEqual({ outcome: "not_found" });
  });
});

describe("notes", () => {
  it("are added once per key, through a lost answer, and listed page by page", async () => {
    const bench = await openBooking();
    const { id } = await booked(bench);
    bench.emulator.faults.add({ operation: "calendars.createAppointmentNote", kind: "lost-answer", times: 1, afterEffect: true });
    const note = { appointmentId: id, key: "n1", body: "Brings the dog", userId: bench.emulator.seed.users.admin };
    expect(await bench.run(() => bench.booking.addNote(note))).toMatchObject({ outcome: "added", how: "found" });
    expect(await bench.booking.addNote(note)).toMatchObject({ outcome: "added", how: "before" });
    for (let count = 1; count <= 24; count += 1) await bench.booking.addNote({ ...note, key: `more-${count}`, body: `Note ${count}` });
    expect((await all(bench.booking.notes(id))).length).toBe(25);
  });
});

describe("availability", () => {
  it("changes the days that are named and loses nothing else of the calendar", async () => {
    const bench = await openBooking({
      slotDuration: 45,
      slotInterval: 45,
      description: "With coffee",
      allowBookingAfter: 1,
      allowBookingAfterUnit: "hours",
    });
    const { calendarId, location } = bench;
    const before = (await location.calendars.get({ calendarId })).calendar;
    const hours = await bench.booking.availability.change(calendarId, {
      weekly: {
        saturday: [
          { from: "12:00", to: "24:00" },
          { from: "10:00", to: "12:00" },
        ],
        monday: [],
      },
      dates: { "2026-12-24": [], "2026-12-31": [{ from: "09:00", to: "10:30" }] },
    });
    expect(hours.weekly.saturday).toEqual([
      { from: "12:00", to: "24:00" },
      { from: "10:00", to: "12:00" },
    ]);
    expect(hours.weekly.monday).toBeUndefined();
    expect(hours.weekly.tuesday).toEqual([{ from: "09:00", to: "12:00" }]);
    expect(hours.dates).toEqual({ "2026-12-24": [], "2026-12-31": [{ from: "09:00", to: "10:30" }] });
    const { openHours: _, availabilities: __, ...after } = (await location.calendars.get({ calendarId })).calendar;
    const { openHours: ___, availabilities: ____, ...kept } = before;
    expect(after).toEqual(kept);
    const back = await bench.booking.availability.change(calendarId, { dates: { "2026-12-24": null } });
    expect(Object.keys(back.dates)).toEqual(["2026-12-31"]);
    expect(await bench.booking.availability.read(calendarId)).toEqual(back);
  });

  it("refuses hours and dates that are none, before anything is written", async () => {
    const { booking, calendarId } = await openBooking();
    const change = (weekly: object): Promise<unknown> => booking.availability.change(calendarId, { weekly });
    await expect(change({ monday: [{ from: "9", to: "12:00" }] })).rejects.toThrow(/HH:MM/);
    await expect(change({ monday: [{ from: "18:00", to: "02:00" }] })).rejects.toThrow(/Split hours at midnight/);
    await expect(change({ Monday: [{ from: "09:00", to: "12:00" }] } as object)).rejects.toThrow(/no day of the week/);
    const overlap = [
      { from: "11:00", to: "14:00" },
      { from: "09:00", to: "12:00" },
    ];
    await expect(change({ monday: overlap })).rejects.toThrow(/monday overlap: 09:00 to 12:00 and 11:00 to 14:00/);
    await expect(booking.availability.change(calendarId, { dates: { "2026-12-31": overlap } })).rejects.toThrow(/overlap/);
    for (const date of ["2026-02-30", "2026-13-01", "2026-1-1"])
      await expect(booking.availability.change(calendarId, { dates: { [date]: [] } })).rejects.toMatchObject({
        code: "invalid_request",
        message: expect.stringContaining("no date") as string,
      });
  });

  it("blocks the time of users, and of event calendars alone", async () => {
    const { booking, calendarId, emulator } = await openBooking();
    const { admin } = emulator.seed.users;
    const time = { from: nine, to: ten };
    expect(await booking.availability.block({ calendarId, ...time })).toEqual({ outcome: "not_an_event_calendar" });
    const blocked = await booking.availability.block({ userId: admin, ...time, title: "Dentist" });
    expect(blocked).toMatchObject({ outcome: "blocked", block: { userId: admin } });
    const first = async (): Promise<string | undefined> => (await all(booking.slots({ calendarId })))[0]?.startTime;
    expect(await first()).toBe(ten);
    const [block] = await booking.availability.blocks({ userId: admin, ...time });
    expect(block?.title).toBe("Dentist");
    expect(await booking.availability.unblock(block?.id ?? "")).toEqual({ outcome: "unblocked" });
    expect(await first()).toBe(nine);
    expect(await booking.availability.unblock(block?.id ?? "")).toEqual({ outcome: "not_found" });
  });
});
