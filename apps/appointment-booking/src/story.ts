import { openPerson, type Story } from "@ghlkit/app-kit/story";
import type { Booked } from "./handlers/book-time.ts";
import type { HostPage } from "./host-page.ts";
import type { OpenCalendar, Times } from "./slots.ts";
import { momentName } from "./moment-name.ts";

/** Two visitors want one slot; one has it, moves it, and the host sees it. */
export const story: Story = async ({ url, locationId, link, say }) => {
  const [ada, bob] = [await openPerson(url, `/book/${locationId}`), await openPerson(url, `/book/${locationId}`)];
  const { calendar } = await ada.state<{ readonly calendar: OpenCalendar }>();
  const now = Date.now();
  const range = {
    calendarId: calendar.id,
    from: new Date(now + 86_400_000).toISOString(),
    to: new Date(now + 20 * 86_400_000).toISOString(),
  };
  const { free } = await ada.send<Times>("/times", range);
  const [first, second] = free;
  if (first === undefined || second === undefined) throw new Error("The calendar has no free times.");
  const zone = "Asia/Tokyo";
  say(`A visitor in Tokyo sees ${free.length} times of ${calendar.name}, the first ${momentName(first.start, zone)}.`);
  const form = (name: string): object => ({
    calendarId: calendar.id,
    start: first.start,
    zone,
    name,
    email: `${name.toLowerCase()}@example.com`,
  });
  const results = await Promise.all([ada.send<Booked>("/book", form("Ada")), bob.send<Booked>("/book", form("Bob"))]);
  const won = results.find((result) => result.outcome === "booked");
  const lost = results.find((result) => result.outcome === "taken");
  if (won?.outcome !== "booked" || lost?.outcome !== "taken")
    throw new Error(`Two visitors, one slot: ${results.map(({ outcome }) => outcome).join(", ")}.`);
  say(`Two visitors wanted that slot at the same moment: one booked it, the other was offered ${lost.fresh.length} fresh ones.`);
  const [, , location, id, sign] = won.path.split("/");
  const winner = results[0]?.outcome === "booked" ? ada : bob;
  await winner.send("/move", { location, id, sign, start: second.start });
  say(`It was moved to ${momentName(second.start, calendar.zone)} by the private link.`);
  const host = await openPerson(url, await link());
  const page = await host.until<HostPage>(({ appointments }) => appointments.some((one) => one.id === id && one.start === second.start));
  say(`The host sees ${page.appointments.find((one) => one.id === id)?.person} there.`);
};
