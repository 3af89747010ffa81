import type { Booked } from "@ghlkit/app-appointment-booking/book-time";
import type { HostPage } from "@ghlkit/app-appointment-booking/host-page";
import type { OpenCalendar, Times } from "@ghlkit/app-appointment-booking/slots";
import { below, inParallel, openStaff, type CreateWorkload } from "./fault-world.ts";
import { openPatientPerson, type PatientPerson } from "./patient-person.ts";
import { counted, differences, recordsOf, textOf, type PlatformRecord } from "./platform-records.ts";

const [visitors, atATime] = [24, 6];
const dayMs = 86_400_000;

interface Visit {
  readonly email: string;
  /** Where the appointment should be; `undefined` when it was cancelled. */
  readonly start: string | undefined;
}

/** Visitors want the same few slots; some move their appointment, some cancel it. */
export const createBookingWorkload: CreateWorkload = (world) => {
  const { emulator, locationId, app, progress } = world;
  const visits: Visit[] = [];

  async function visit(at: number): Promise<Visit> {
    const path = `/book/${locationId}`;
    const visitor = await openPatientPerson(app.url, async () => path);
    const email = `visitor${at}@example.com`;
    const { calendar } = await visitor.state<{ readonly calendar: OpenCalendar }>();
    const now = emulator.clock.now();
    const range = { calendarId: calendar.id, from: new Date(now + 5 * dayMs).toISOString(), to: new Date(now + 20 * dayMs).toISOString() };
    const { free } = await visitor.send<Times>("/times", range);
    // A few at a time want one slot.
    const wanted = free[below(world, 4)]?.start ?? "";
    const { path: link, start } = await book(
      visitor,
      { calendarId: calendar.id, zone: "Asia/Tokyo", name: `Visitor${at} Last`, email },
      wanted,
    );
    const [, , location, id, sign] = link.split("/");
    if (at % 4 === 1) {
      const { free: later } = await visitor.send<Times>("/times", range);
      const next = later[4 + below(world, later.length - 4)]?.start ?? "";
      const { outcome } = await visitor.send<{ readonly outcome: string }>("/move", { location, id, sign, start: next });
      return { email, start: outcome === "taken" ? start : next };
    }
    if (at % 4 === 2) {
      await visitor.send("/cancel", { location, id, sign });
      return { email, start: undefined };
    }
    return { email, start };
  }

  /** Until there is an appointment: a taken slot gives way to a fresh one, under a new key. */
  async function book(visitor: PatientPerson, form: object, wanted: string): Promise<{ readonly path: string; readonly start: string }> {
    let [start, key] = [wanted, crypto.randomUUID()];
    for (let tries = 0; tries < 200; tries += 1) {
      const result = await visitor.send<Booked>("/book", { ...form, start }, key);
      if (result.outcome === "booked") return { path: result.path, start };
      if (result.outcome === "taken") [start, key] = [result.fresh[below(world, result.fresh.length)]?.start ?? start, crypto.randomUUID()];
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`No appointment for ${JSON.stringify(form)}.`);
  }

  return {
    name: "booking",
    total: visitors,
    async prepare() {},
    play: () =>
      inParallel(
        Array.from({ length: visitors }, (_, at) => at),
        atATime,
        async (at) => {
          visits.push(await visit(at));
          progress();
        },
      ),
    async compare() {
      const { appointments } = await (await openStaff(world)).state<HostPage>();
      const kept = recordsOf(emulator, "appointments", locationId).filter(({ deleted }) => deleted !== true);
      const contacts = recordsOf(emulator, "contacts", locationId);
      const messages = recordsOf(emulator, "messages", locationId);
      const instant = (value: unknown): string => new Date(textOf(value)).toISOString();
      const shown = appointments.map(({ id, start, status }) => [id, { start, status }] as const);
      const there = kept.map(
        ({ id, startTime, appointmentStatus }) => [id, { start: instant(startTime), status: appointmentStatus }] as const,
      );
      const standing = kept.filter(({ appointmentStatus }) => appointmentStatus !== "cancelled");
      const starts = standing.map(({ startTime }) => instant(startTime));
      const problems = [...differences("appointment", new Map<string, unknown>(shown), new Map<string, unknown>(there))];
      if (new Set(starts).size !== starts.length) problems.push(`Slots are booked twice: ${starts.toSorted().join(", ")}`);
      for (const { email, start } of visits) {
        const ids = contacts.filter((one) => textOf(one["email"]) === email).map(({ id }) => id);
        const own = kept.filter(({ contactId }) => ids.includes(textOf(contactId)));
        const confirmed = messages.filter(
          ({ contactId, email: mail }) =>
            ids.includes(textOf(contactId)) && textOf((mail as PlatformRecord | undefined)?.["subject"]).startsWith("Confirmed: "),
        );
        problems.push(
          ...counted(`contacts of ${email}`, ids.length, 1),
          ...counted(`appointments of ${email}`, own.length, 1),
          ...counted(`confirmations to ${email}`, confirmed.length, 1),
          ...own.flatMap(({ appointmentStatus, startTime }) =>
            (start === undefined ? appointmentStatus === "cancelled" : instant(startTime) === start)
              ? []
              : [`${email} has ${textOf(appointmentStatus)} ${instant(startTime)}, not ${start ?? "cancelled"}`],
          ),
        );
      }
      return problems;
    },
  };
};
