import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../../src/index.ts";
import { createTestClient, type TestAnswer } from "../../test-client.ts";

// Thursday, 4:00 in New York.
const now = Date.UTC(2026, 9, 1, 8);
const dayMs = 86_400_000;
const taken = { statusCode: 400, message: "The slot you have selected is no longer available." };

/** A calendar of one's own with a contact who books it. */
async function openCalendar(fields: object, options: EmulatorOptions = {}) {
  const client = createTestClient({ clock: { now: () => now }, ...options });
  const { locationId, users } = client.emulator.seed;
  const { id: contactId } = (await client.call("POST", "/contacts/", { body: { locationId, email: "ann@example.com" } })).body.contact;
  const body = { locationId, name: "Advice", calendarType: "event", ...fields };
  const created = await client.call("POST", "/calendars/", { body });
  expect(created.status).toBe(200);
  const calendarId = created.body.calendar.id as string;
  const update = (changes: object): Promise<TestAnswer> => client.call("PUT", `/calendars/${calendarId}`, { body: changes });
  const book = (startTime: string, more: object = {}): Promise<TestAnswer> =>
    client.call("POST", "/calendars/events/appointments", { body: { calendarId, locationId, contactId, startTime, ...more } });
  const change = (id: string, changes: object): Promise<TestAnswer> =>
    client.call("PUT", `/calendars/events/appointments/${id}`, { body: changes });
  const slots = async (days = 7, query = ""): Promise<Readonly<Record<string, readonly string[]>>> => {
    const stretch = `startDate=${now}&endDate=${now + days * dayMs}`;
    const answer = await client.call("GET", `/calendars/${calendarId}/free-slots?${stretch}${query}`);
    const { traceId: _, ...found } = answer.body as Record<string, { slots: string[] }>;
    return Object.fromEntries(Object.entries(found).map(([day, { slots: times }]) => [day, times.map((time) => time.slice(11, 16))]));
  };
  return { client, users, locationId, calendarId, contactId, update, book, change, slots };
}

const hours = (openHour: number, closeHour: number, openMinute = 0, closeMinute = 0): object => ({
  openHour,
  openMinute,
  closeHour,
  closeMinute,
});
const openOn = (day: number, ...times: object[]): object => ({ daysOfTheWeek: [day], hours: times });

describe("opening hours", () => {
  test("are the calendar's own, after its notice and up to its horizon", async () => {
    const saturdays = { openHours: [openOn(6, hours(12, 15))], allowBookingAfter: 2, allowBookingAfterUnit: "days" };
    const { slots, update } = await openCalendar(saturdays);
    expect(Object.keys(await slots(10))).toEqual(["2026-10-03", "2026-10-10"]);
    expect((await slots(3))["2026-10-03"]).toEqual(["12:00", "12:30", "13:00", "13:30", "14:00", "14:30"]);
    await update({ ...saturdays, allowBookingAfter: 3 });
    expect(Object.keys(await slots(10))).toEqual(["2026-10-10"]);
    await update({ ...saturdays, allowBookingFor: 5, allowBookingForUnit: "days" });
    expect(Object.keys(await slots(10))).toEqual(["2026-10-03"]);
  });

  test("have an interval that differs from the length, and end with the day", async () => {
    const evening = { openHours: [openOn(5, hours(22, 23, 0, 60))], slotDuration: 1, slotDurationUnit: "hours", slotInterval: 30 };
    expect((await (await openCalendar(evening)).slots())["2026-10-02"]).toEqual(["22:00", "22:30", "23:00"]);
  });

  test("of a date replace those of its weekday", async () => {
    const openHours = [openOn(4, hours(9, 10)), openOn(5, hours(9, 10))];
    const availabilities = [{ date: "2026-10-02T00:00:00.000Z", hours: [hours(15, 16)] }];
    const { slots, update } = await openCalendar({ openHours, availabilities });
    expect(await slots(1)).toEqual({ "2026-10-01": ["09:00", "09:30"] });
    expect(await slots(2)).toEqual({ "2026-10-01": ["09:00", "09:30"], "2026-10-02": ["15:00", "15:30"] });
    await update({ openHours, availabilities, availabilityType: 0 });
    expect((await slots(2))["2026-10-02"]).toEqual(["09:00", "09:30"]);
    await update({ openHours, availabilities, availabilityType: 1 });
    expect(Object.keys(await slots(7))).toEqual(["2026-10-02"]);
  });

  test("of the members count where a calendar has none", async () => {
    const { client, users, locationId, slots, calendarId } = await openCalendar({ calendarType: "round_robin" });
    expect(await slots()).toEqual({});
    const rules = [{ type: "wday", day: "friday", intervals: [{ from: "08:00", to: "09:00" }] }];
    const schedule = { locationId, name: "Fridays", userId: users.member, rules, timezone: "America/Chicago", calendarIds: [calendarId] };
    expect((await client.call("POST", "/calendars/schedules", { body: schedule })).status).toBeLessThan(300);
    await client.call("PUT", `/calendars/${calendarId}`, { body: { teamMembers: [{ userId: users.member }] } });
    expect(await slots()).toEqual({ "2026-10-02": ["09:00", "09:30"] });
  });

  test("leave days without slots out, or show them as empty", async () => {
    const { slots } = await openCalendar({ openHours: [openOn(5, hours(9, 10))] }, { calendars: { daysWithoutSlots: "empty" } });
    expect(await slots(2)).toEqual({ "2026-10-01": [], "2026-10-02": ["09:00", "09:30"], "2026-10-03": [] });
  });
});

describe("room", () => {
  const morning = { openHours: [openOn(5, hours(9, 11))] };

  test("has buffers of both neighbours between appointments", async () => {
    const { book, slots } = await openCalendar({ ...morning, slotBuffer: 15, preBuffer: 15 });
    await book("2026-10-02T09:00:00-04:00");
    // 30 minutes after the end of the first: 15 of each.
    expect((await slots())["2026-10-02"]).toEqual(["10:00", "10:30"]);
  });

  test("is used up seat by seat, by appointments that touch a slot", async () => {
    const { book, slots, update, client, calendarId } = await openCalendar({ ...morning, appoinmentPerSlot: 2 });
    const seats = async (): Promise<unknown> => (await client.call("GET", `/calendars/${calendarId}`)).body.calendar.appoinmentPerSlot;
    expect(await seats()).toBe(1);
    await update({ ...morning, appoinmentPerSlot: 2 });
    expect(await seats()).toBe(2);
    await book("2026-10-02T09:00:00-04:00", { endTime: "2026-10-02T10:00:00-04:00" });
    expect((await slots())["2026-10-02"]).toHaveLength(4);
    expect((await book("2026-10-02T09:30:00-04:00")).status).toBe(200);
    expect((await slots())["2026-10-02"]).toEqual(["09:00", "10:00", "10:30"]);
    expect((await book("2026-10-02T09:30:00-04:00")).body).toMatchObject(taken);
  });

  test("ends with the appointments of a day", async () => {
    const { book, slots } = await openCalendar({ ...morning, appoinmentPerDay: 1 });
    await book("2026-10-02T09:00:00-04:00");
    expect(await slots()).toEqual({});
  });

  test("is taken by blocks of the calendar, which only event calendars have, and by blocks of a user", async () => {
    const { client, locationId, calendarId, slots, book, users } = await openCalendar(morning);
    const times = { locationId, startTime: "2026-10-02T10:00:00-04:00", endTime: "2026-10-02T11:00:00-04:00" };
    const block = (target: object): Promise<TestAnswer> =>
      client.call("POST", "/calendars/events/block-slots", { body: { ...times, ...target } });
    expect((await block({ calendarId })).status).toBeLessThan(300);
    expect((await slots())["2026-10-02"]).toEqual(["09:00", "09:30"]);
    expect((await book("2026-10-02T10:00:00-04:00")).body).toMatchObject(taken);
    const roundRobin = client.emulator.seed.calendarId;
    expect((await block({ calendarId: roundRobin })).body).toMatchObject({
      statusCode: 400,
      message: "The calendar is not an event calendar.",
    });
    expect((await block({ assignedUserId: users.admin })).status).toBeLessThan(300);
    expect((await block({ assignedUserId: "unknown" })).body).toMatchObject({ statusCode: 404, message: "User with id unknown not found" });
    const wrong = async (endTime: string): Promise<unknown> => (await block({ assignedUserId: users.admin, endTime })).body.message;
    expect(await wrong("2026-10-02T10:00:00-04:00")).toBe("endTime must be after startTime");
    expect(await wrong("2026-02-30T10:00:00-04:00")).toEqual(["endTime must be a valid ISO 8601 date string"]);
    const stretch = `startDate=${now}&endDate=${now + 2 * dayMs}`;
    const ofAdmin = await client.call("GET", `/calendars/${roundRobin}/free-slots?${stretch}`);
    const times10 = (ofAdmin.body["2026-10-02"].slots as string[]).filter((time) => time.includes("T10"));
    expect(times10).toEqual([]);
  });

  test("is no day that the calendar lacks, and is asked for within the time that there is", async () => {
    const { client, book, calendarId } = await openCalendar(morning);
    expect((await book("2026-02-30T10:00:00-05:00", { ignoreFreeSlotValidation: true })).body).toMatchObject({
      statusCode: 422,
      message: ["startTime must be a valid ISO 8601 date string"],
    });
    const { status } = await client.call("GET", `/calendars/${calendarId}/free-slots?startDate=9e15&endDate=9e15`);
    expect(status).toBe(422);
  });

  test("of a member is used by the member's appointments in other calendars", async () => {
    const { client, users, slots, book } = await openCalendar({ ...morning, calendarType: "round_robin" });
    const { locationId } = client.emulator.seed;
    const team = [{ userId: users.admin }];
    const other = await client.call("POST", "/calendars/", {
      body: { locationId, name: "Other", calendarType: "round_robin", teamMembers: team, ...morning },
    });
    const body = { calendarId: other.body.calendar.id as string };
    expect((await book("2026-10-02T09:00:00-04:00", body)).body.assignedUserId).toBe(users.admin);
    expect(await slots()).toEqual({});
  });

  test("of a collective calendar needs all members, of a round robin any", async () => {
    const { users, slots, book, update } = await openCalendar({ ...morning, calendarType: "collective" });
    await update({ ...morning, teamMembers: [{ userId: users.admin, isPrimary: true }, { userId: users.member }] });
    expect((await book("2026-10-02T09:00:00-04:00")).status).toBe(200);
    expect((await slots())["2026-10-02"]).toEqual(["09:30", "10:00", "10:30"]);
  });

  test("comes back with cancelled appointments, and with others where the switch says so", async () => {
    for (const [freeingStatuses, freeing] of [
      ["cancelled", ["cancelled"]],
      ["cancelled-invalid", ["cancelled", "invalid"]],
      ["cancelled-invalid-noshow", ["cancelled", "invalid", "noshow"]],
    ] as const) {
      const { book, change, slots } = await openCalendar(morning, { calendars: { freeingStatuses } });
      const { id } = (await book("2026-10-02T09:00:00-04:00")).body;
      const found: string[] = [];
      for (const appointmentStatus of ["cancelled", "invalid", "noshow", "showed"]) {
        await change(id, { appointmentStatus, ignoreFreeSlotValidation: true });
        if ((await slots())["2026-10-02"]?.length === 4) found.push(appointmentStatus);
      }
      expect(found).toEqual(freeing);
    }
  });
});

describe("a team", () => {
  const morning = { calendarType: "round_robin", openHours: [openOn(5, hours(9, 11))] };

  test("serves in turn, and a slot lasts until all members are taken", async () => {
    const { users, book, slots, update } = await openCalendar(morning);
    expect((await book("2026-10-02T09:00:00-04:00")).body.message).toEqual([
      "A team member needs to be selected. assignedUserId is missing",
    ]);
    await update({ ...morning, calendarType: undefined, teamMembers: [{ userId: users.admin }, { userId: users.member, priority: 1 }] });
    const served = [await book("2026-10-02T09:00:00-04:00"), await book("2026-10-02T09:00:00-04:00")];
    expect(served.map(({ body }) => body.assignedUserId)).toEqual([users.member, users.admin]);
    expect((await book("2026-10-02T09:00:00-04:00")).body).toMatchObject(taken);
    expect((await slots())["2026-10-02"]).toEqual(["09:30", "10:00", "10:30"]);
  });

  test("refuses users who are not of it, and chooses none when the slot is not checked", async () => {
    const { users, book, update } = await openCalendar(morning);
    await update({ ...morning, calendarType: undefined, teamMembers: [{ userId: users.admin }] });
    const foreign = await book("2026-10-02T09:00:00-04:00", { assignedUserId: users.member });
    expect([foreign.status, foreign.body.message]).toEqual([422, ["The user id not part of calendar team."]]);
    const unchecked = await book("2026-10-02T03:00:00-04:00", { ignoreFreeSlotValidation: true });
    expect([unchecked.status, unchecked.body.message]).toEqual([422, ["A team member needs to be selected. assignedUserId is missing"]]);
  });

  test("has one winner when four book at once", async () => {
    const { users, book, update } = await openCalendar(morning);
    await update({ ...morning, calendarType: undefined, teamMembers: [{ userId: users.admin }] });
    const answers = await Promise.all([1, 2, 3, 4].map(() => book("2026-10-02T09:00:00-04:00")));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 400, 400, 400]);
  });
});

describe("a booking", () => {
  const morning = { openHours: [openOn(4, hours(3, 6)), openOn(5, hours(9, 11))] };

  test("in the past, within the notice or beyond the horizon is refused as taken; the range can be ignored, the past not", async () => {
    const { book } = await openCalendar({ ...morning, allowBookingAfter: 3, allowBookingAfterUnit: "days" });
    expect((await book("2026-10-02T09:00:00-04:00")).body).toMatchObject(taken);
    expect((await book("2026-10-02T09:00:00-04:00", { ignoreDateRange: true })).status).toBe(200);
    expect((await book("2026-10-01T03:00:00-04:00", { ignoreDateRange: true })).body).toMatchObject(taken);
    expect((await book("2026-10-01T03:00:00-04:00", { ignoreFreeSlotValidation: true })).status).toBe(200);
  });

  test("without an offset is refused, or in the calendar's zone; never in that of the machine", async () => {
    const strict = await openCalendar(morning);
    expect((await strict.book("2026-10-02T09:00:00")).status).toBe(422);
    const lenient = await openCalendar(morning, { calendars: { timesWithoutOffset: "calendar" } });
    expect((await lenient.book("2026-10-02T09:00:00")).body.startTime).toBe("2026-10-02T09:00:00-04:00");
  });

  test("with a start and an end in different forms is refused without a word, unless a switch allows it", async () => {
    const mixed = ["2026-10-02T09:00:00-04:00", { endTime: "2026-10-02T13:30:00Z" }] as const;
    const strict = await openCalendar(morning);
    expect((await strict.book(...mixed)).body).toMatchObject({ statusCode: 400, message: "Bad Request" });
    expect((await strict.book("2026-10-02T13:00:00.000Z")).status).toBe(200);
    expect((await (await openCalendar(morning, { calendars: { timeForms: "any" } })).book(...mixed)).status).toBe(200);
    const seconds = await openCalendar(morning, { calendars: { timeForms: "seconds" } });
    expect((await seconds.book("2026-10-02T13:00:00.000Z")).body).toMatchObject({ statusCode: 400, message: "Bad Request" });
  });

  test("knows six statuses and one that is stored as another", async () => {
    const { client, book, change } = await openCalendar({ ...morning, autoConfirm: false });
    const { id, appointmentStatus } = (await book("2026-10-02T09:00:00-04:00")).body;
    expect(appointmentStatus).toBe("new");
    expect((await change(id, { appointmentStatus: "completed" })).body.appointmentStatus).toBe("showed");
    const read = await client.call("GET", `/calendars/events/appointments/${id}`);
    expect(read.body.appointment.statusDetails).toMatchObject({ status: "showed", state: "completed" });
    for (const status of ["pending", "rescheduled", "no_show"]) expect((await change(id, { appointmentStatus: status })).status).toBe(422);
  });

  test("is confirmed again by an update that leaves out its status, unless a switch keeps it", async () => {
    for (const [statusOnUpdate, expected] of [
      ["reset", "confirmed"],
      ["keep", "noshow"],
    ] as const) {
      const { book, change } = await openCalendar(morning, { calendars: { statusOnUpdate } });
      const { id } = (await book("2026-10-02T09:00:00-04:00")).body;
      await change(id, { appointmentStatus: "noshow" });
      expect((await change(id, { title: "Other" })).body).toMatchObject({ title: "Other", appointmentStatus: expected });
    }
  });

  test("that is deleted stays readable, leaves every list and reports its deletion once", async () => {
    const { client, book, calendarId, locationId, contactId } = await openCalendar(morning);
    const { id } = (await book("2026-10-02T09:00:00-04:00")).body;
    for (const _ of [1, 2]) expect((await client.call("DELETE", `/calendars/events/${id}`, { body: {} })).body.succeeded).toBe(true);
    const list = `/calendars/events?locationId=${locationId}&calendarId=${calendarId}&startTime=${now}&endTime=${now + 9 * dayMs}`;
    expect((await client.call("GET", list)).body.events).toEqual([]);
    expect((await client.call("GET", `/contacts/${contactId}/appointments`)).body.events).toEqual([]);
    expect((await client.call("GET", `/calendars/events/appointments/${id}`)).body.appointment.deleted).toBe(true);
    expect((await client.call("GET", "/calendars/events/appointments/none")).body).toMatchObject({
      statusCode: 400,
      message: "The event id is invalid",
    });
  });

  test("shows as an activity in the contact's thread, and to the contact in wall time", async () => {
    const { client, book, locationId, contactId } = await openCalendar(morning);
    await book("2026-10-02T13:00:00Z");
    expect((await client.call("GET", `/contacts/${contactId}/appointments`)).body.events).toMatchObject([
      { startTime: "2026-10-02 09:00:00", endTime: "2026-10-02 09:30:00", status: "booked" },
    ]);
    const found = await client.call("GET", `/conversations/search?locationId=${locationId}&contactId=${contactId}`);
    expect(found.body.conversations).toMatchObject([{ lastMessageType: "TYPE_ACTIVITY_APPOINTMENT" }]);
  });

  test("goes with its calendar", async () => {
    const { client, book, calendarId } = await openCalendar(morning);
    const { id } = (await book("2026-10-02T09:00:00-04:00")).body;
    await client.call("DELETE", `/calendars/${calendarId}`, { body: {} });
    expect((await client.call("GET", `/calendars/events/appointments/${id}`)).status).toBe(400);
  });
});

describe("an update of a calendar", () => {
  test("replaces it: what is left out has its default again", async () => {
    const fields = { slotDuration: 60, openHours: [openOn(5, hours(9, 11))], enableRecurring: false };
    const { update } = await openCalendar(fields);
    expect((await update({ name: "New" })).body.calendar).toMatchObject({ name: "New", slotDuration: 30, openHours: {} });
    const merging = await openCalendar(fields, { calendars: { calendarUpdate: "merge" } });
    expect((await merging.update({ name: "New" })).body.calendar).toMatchObject({ name: "New", slotDuration: 60 });
  });

  test("refuses what reads show: the location, and members that are primary", async () => {
    const { update, locationId, users } = await openCalendar({});
    expect((await update({ locationId })).body).toMatchObject({ statusCode: 422, message: ["property locationId should not exist"] });
    expect((await update({ teamMembers: [{ userId: users.admin, primary: true }] })).status).toBe(422);
  });
});

test("events need times in milliseconds, and one of three parameters", async () => {
  const { client, locationId, calendarId } = await openCalendar({});
  const list = (query: string): Promise<TestAnswer> => client.call("GET", `/calendars/events?locationId=${locationId}&${query}`);
  expect((await list(`calendarId=${calendarId}&startTime=2026-10-01&endTime=2026-10-02`)).status).toBe(422);
  expect((await list(`startTime=${now}&endTime=${now + dayMs}`)).status).toBe(422);
  expect((await list(`calendarId=${calendarId}&startTime=${now}&endTime=${now + dayMs}`)).status).toBe(200);
});
