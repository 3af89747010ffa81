import { openPerson, type Person } from "@ghlkit/app-kit/story";
import { openTwoLocations, type TwoLocations } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Booked } from "../src/handlers/book-time.ts";
import type { HostPage } from "../src/host-page.ts";
import { startBooking, type BookingApp } from "../src/server.ts";
import type { ShownAppointment } from "../src/shown-appointment.ts";
import type { OpenCalendar, Times } from "../src/slots.ts";

const day = 86_400_000;

describe("bookings of two locations", () => {
  let world: TwoLocations<BookingApp>;
  let visitor: Person;
  let other: Person;
  let range: { readonly calendarId: string; readonly from: string; readonly to: string };
  let path: string;
  const ofEmulator = (): readonly Record<string, unknown>[] =>
    (world.emulator.snapshot()["appointments"] ?? []) as unknown as readonly Record<string, unknown>[];
  beforeAll(async () => {
    world = await openTwoLocations(startBooking);
    const [first, second] = world.ids;
    await world.call(second, "/calendars/", { name: "Calendar of the other", isActive: true });
    [visitor, other] = [await openPerson(world.url, `/book/${first}`), await openPerson(world.url, `/book/${second}`)];
    const { calendar } = await visitor.state<{ readonly calendar: OpenCalendar }>();
    range = { calendarId: calendar.id, from: new Date(Date.now() + day).toISOString(), to: new Date(Date.now() + 20 * day).toISOString() };
    const { free } = await visitor.send<Times>("/times", range);
    const booked = await visitor.send<Booked>("/book", form(free[0]?.start));
    path = booked.outcome === "booked" ? booked.path : "";
  });
  afterAll(() => world.close());
  const form = (start: string | undefined): object => ({ ...range, start, zone: "UTC", name: "Ada", email: "ada@example.com" });

  it("offers and books nothing of the other", async () => {
    const { calendar } = await other.state<{ readonly calendar: OpenCalendar }>();
    expect(calendar.name).toBe("Calendar of the other");
    const { free } = await visitor.send<Times>("/times", range);
    await expect(other.send("/times", range)).rejects.toThrow();
    await expect(other.send("/book", form(free[1]?.start))).rejects.toThrow();
    expect(ofEmulator()).toHaveLength(1);
    const host = await openPerson(world.url, world.app.served.link(world.ids[1]));
    expect((await host.state<HostPage>()).appointments).toEqual([]);
  });

  it("shows and changes no appointment of the other by its link", async () => {
    const [first, second] = world.ids;
    const [, , location, id, sign] = path.split("/");
    expect((await visitor.state<{ readonly appointment?: ShownAppointment }>(path)).appointment?.id).toBe(id);
    const borrowed = path.replace(first, second);
    expect((await other.state<{ readonly appointment?: ShownAppointment }>(borrowed)).appointment).toBeUndefined();
    await expect(other.send("/cancel", { location, id, sign })).rejects.toThrow();
    await expect(other.send("/cancel", { location: second, id, sign })).rejects.toThrow("This link leads to no appointment.");
    await expect(other.send("/move", { location: second, id, sign, start: range.to })).rejects.toThrow(
      "This link leads to no appointment.",
    );
    expect(ofEmulator()[0]?.["appointmentStatus"]).toBe("confirmed");
    // Opening the public page of the other as the staff of the first ends no session.
    const entered = await fetch(world.app.served.link(first), { redirect: "manual" });
    const cookies = [entered.headers.get("set-cookie")?.split(";")[0] ?? ""];
    const visit = await fetch(`${world.url}/book/${second}`, { headers: { cookie: cookies.join("; ") } });
    cookies.push(visit.headers.get("set-cookie")?.split(";")[0] ?? "");
    // A browser keeps one cookie of a name, the last.
    const jar = new Map(cookies.map((cookie) => [cookie.split("=")[0], cookie]));
    const staff = await fetch(world.url, { headers: { cookie: [...jar.values()].join("; "), accept: "application/json" } });
    const boot = (await staff.json()) as { readonly state: HostPage };
    expect(boot.state.appointments.map((one) => one.id)).toEqual([id]);
  });
});
