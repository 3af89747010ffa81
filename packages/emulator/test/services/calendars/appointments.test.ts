import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestAnswer, type TestClient } from "../../test-client.ts";

// A Thursday; the next day with slots is the same one.
const now = Date.UTC(2026, 9, 1, 8);
let client: TestClient;
let contactId: string;

beforeEach(async () => {
  client = createTestClient({ clock: { now: () => now } });
  const { locationId } = client.emulator.seed;
  contactId = (await client.call("POST", "/contacts/", { body: { locationId, email: "ann@example.com" } })).body.contact.id;
});

function book(fields: object = {}): Promise<TestAnswer> {
  const { calendarId, locationId } = client.emulator.seed;
  const body = { calendarId, locationId, contactId, startTime: "2026-10-01T09:00:00-04:00", ...fields };
  return client.call("POST", "/calendars/events/appointments", { body });
}

function slots(days: number, timezone = ""): Promise<TestAnswer> {
  const query = `startDate=${now}&endDate=${now + days * 86_400_000}${timezone && `&timezone=${encodeURIComponent(timezone)}`}`;
  return client.call("GET", `/calendars/${client.emulator.seed.calendarId}/free-slots?${query}`);
}

describe("free slots", () => {
  test("are working hours of the location, by day, with the offset, and the trace id among them", async () => {
    const { body } = await slots(3);
    const { traceId, ...days } = body;
    expect(traceId).toEqual(expect.any(String));
    expect(Object.keys(days)).toEqual(["2026-10-01", "2026-10-02"]);
    expect(days["2026-10-02"].slots).toHaveLength(16);
    expect(days["2026-10-02"].slots[0]).toBe("2026-10-02T09:00:00-04:00");
    expect((await slots(1, "UTC")).body["2026-10-01"].slots[0]).toBe("2026-10-01T13:00:00+00:00");
  });

  test("can be asked for up to 31 days, in zones that exist", async () => {
    expect((await slots(31)).status).toBe(200);
    expect((await slots(32)).status).toBe(400);
    expect((await slots(1, "Mars/Olympus")).status).toBe(400);
  });

  test("are gone when booked, and back when the appointment is cancelled", async () => {
    const count = async (): Promise<number> => (await slots(1)).body["2026-10-01"].slots.length;
    const before = await count();
    const { body } = await book();
    expect(await count()).toBe(before - 1);
    await client.call("PUT", `/calendars/events/appointments/${body.id}`, { body: { appointmentStatus: "cancelled" } });
    expect(await count()).toBe(before);
  });
});

describe("appointments", () => {
  test("last one slot unless the request says otherwise and are found by contact and calendar", async () => {
    const { status, body } = await book();
    expect([status, body.endTime, body.appointmentStatus]).toEqual([200, "2026-10-01T09:30:00-04:00", "confirmed"]);
    const { locationId, calendarId } = client.emulator.seed;
    expect((await client.call("GET", `/contacts/${contactId}/appointments`)).body.events).toMatchObject([{ id: body.id }]);
    const list = `/calendars/events?locationId=${locationId}&startTime=${now}&endTime=${now + 86_400_000}`;
    expect((await client.call("GET", `${list}&calendarId=${calendarId}`)).body.events).toMatchObject([{ id: body.id }]);
    expect((await client.call("GET", list)).status).toBe(422);
  });

  test("a taken slot, a night and a weekend are refused, unless that is not to be checked", async () => {
    await book();
    expect((await book()).status).toBe(400);
    expect((await book({ startTime: "2026-10-01T03:00:00-04:00" })).status).toBe(400);
    expect((await book({ startTime: "2026-10-03T09:00:00-04:00" })).status).toBe(400);
    const assignedUserId = client.emulator.seed.users.admin;
    expect((await book({ ignoreFreeSlotValidation: true, assignedUserId })).status).toBe(200);
  });

  test("can be moved, not onto another, and deleted", async () => {
    const first = (await book()).body.id as string;
    await book({ startTime: "2026-10-01T10:00:00-04:00" });
    const at = `/calendars/events/appointments/${first}`;
    expect((await client.call("PUT", at, { body: { startTime: "2026-10-01T10:00:00-04:00" } })).status).toBe(400);
    expect((await client.call("PUT", at, { body: { startTime: "2026-10-01T11:00:00-04:00" } })).body.endTime).toBe(
      "2026-10-01T11:30:00-04:00",
    );
    expect((await client.call("DELETE", `/calendars/events/${first}`, { body: {} })).status).toBe(200);
    const deleted = await client.call("GET", at);
    expect([deleted.status, deleted.body.appointment.deleted]).toEqual([200, true]);
    expect((await book()).status).toBe(200);
  });

  test("a search finds contacts by their last appointment", async () => {
    await book();
    const { locationId } = client.emulator.seed;
    const filters = [{ field: "lastAppointment", operator: "range", value: { gte: "2026-10-01" } }];
    expect((await client.call("POST", "/contacts/search", { body: { locationId, pageLimit: 1, filters } })).body.total).toBe(1);
  });
});
