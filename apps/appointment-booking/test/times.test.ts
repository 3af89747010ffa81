import { hasChromium, openApp, setHidden, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBooking, type BookingApp } from "../src/server.ts";

interface Stored {
  readonly id: string;
  readonly startTime: string;
}

const appointmentsOf = ({ emulator }: AppUnderTest<BookingApp>): readonly Stored[] =>
  (emulator.snapshot()["appointments"] ?? []) as unknown as readonly Stored[];
const heading = (page: Page): Promise<string | null> => page.getByRole("heading", { level: 2 }).first().textContent();
const fill = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(`${name.toLowerCase()}@example.com`);
};
const isClosed = (page: Page): Promise<string | null> => page.getByRole("button", { name: "Confirm" }).getAttribute("aria-disabled");

describe.skipIf(!hasChromium())("times of a booking", () => {
  let world: AppUnderTest<BookingApp>;
  let path = "";
  beforeAll(async () => {
    world = await openApp(startBooking, { at: "2027-02-02T12:00:00Z" });
    path = `/book/${world.locationId}`;
  });
  afterEach(() => world.emulator.webhooks.faults.clear());
  afterAll(() => world.close());

  const visit = async (zone = "Europe/Berlin"): Promise<Page> => {
    const page = await world.open(path, { zone, isVisitor: true });
    await page.locator(".day.open").first().waitFor();
    return page;
  };
  /** The form for a time of a day of this month; each test has a day of its own. */
  const choose = async (page: Page, day: string): Promise<string> => {
    await page.locator(`#day-${day}.open`).click();
    await page.locator("#times button").first().click();
    await page.getByLabel("Name").waitFor();
    return new URL(page.url()).searchParams.get("start") ?? "";
  };
  const bookAt = async (url: string, name: string): Promise<Page> => {
    const page = await world.open(url.slice(world.url.length), { zone: "America/New_York", isVisitor: true });
    await fill(page, name);
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Add to calendar").waitFor();
    return page;
  };

  it("shows the zone by name and offset, changes with it, and names the calendar's time beside it", async () => {
    const page = await visit();
    const zone = page.getByLabel("Time zone");
    expect(await zone.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toMatch(/^Europe\/Berlin UTC\+\d$/);
    await page.locator("#day-2027-02-03.open").click();
    const first = page.locator("#times button").first();
    expect(await first.textContent()).toBe("15:00 = 09:00");
    await zone.selectOption("Asia/Tokyo");
    await page.locator("#day-2027-02-03.open").click();
    await page.locator("#times button", { hasText: "23:00 = 09:00" }).click();
    expect(await heading(page)).toBe("Wednesday 3 February 2027, 23:00 (Asia/Tokyo, UTC+9)");
    await page.getByText("Wednesday 3 February 2027, 09:00 (America/New_York, UTC-5)").waitFor();
    await page.context().close();
  });

  it("books sixty days ahead", async () => {
    const page = await visit();
    for (const month of ["March 2027", "April 2027"]) {
      await page.getByRole("button", { name: "Next month" }).click();
      await expect.poll(() => page.locator(".month strong").textContent()).toBe(month);
    }
    expect(await page.locator("#zone option:checked").textContent()).toBe("Europe/Berlin UTC+2");
    const start = await choose(page, "2027-04-06");
    expect(Date.parse(start) - world.clock.now()).toBeGreaterThan(60 * 86_400_000);
    await fill(page, "Early");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Add to calendar").waitFor();
    expect(appointmentsOf(world).filter(({ startTime }) => Date.parse(startTime) === Date.parse(start))).toHaveLength(1);
    await page.context().close();
  });

  it("makes one appointment of two clicks, Enter, and the form of Back", async () => {
    const page = await visit();
    const start = await choose(page, "2027-02-04");
    const at = page.url();
    const ofSlot = (): number => appointmentsOf(world).filter(({ startTime }) => Date.parse(startTime) === Date.parse(start)).length;
    await fill(page, "Twice");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByText("Add to calendar").waitFor();
    const mails = (): number =>
      world.emulator.requests(100_000).filter(({ operation, status, body }) => {
        return operation === "conversations.sendMessage" && status < 300 && JSON.stringify(body).includes("4 February");
      }).length;
    await expect.poll(mails).toBe(1);
    // Back leads to the times; the address of the form still leads to it.
    await page.goBack();
    await page.locator(".day.open").first().waitFor();
    await page.goto(at);
    await fill(page, "Twice");
    await expect.poll(() => isClosed(page)).toBe("true");
    await page.getByRole("button", { name: "Confirm" }).dblclick({ force: true });
    expect([ofSlot(), mails()]).toEqual([1, 1]);
    await page.context().close();
  });

  it("closes Confirm within 30 s, and when the page is looked at again, where no webhook reports that the time is gone", async () => {
    world.emulator.webhooks.faults.add({ type: "*", kind: "drop" });
    const page = await world.open(path, { isVisitor: true });
    await page.clock.install({ time: world.clock.now() });
    await page.reload();
    for (const [day, wait] of [
      ["2027-02-05", () => page.clock.fastForward(30_000)],
      ["2027-02-08", () => setHidden(page, false)],
    ] as const) {
      await page.goto(`${world.url}${path}`);
      await choose(page, day);
      await fill(page, "Slow");
      if (day === "2027-02-08") await setHidden(page, true);
      const other = await bookAt(page.url(), "Quick");
      await other.context().close();
      expect(await isClosed(page)).toBe("false");
      await wait();
      await page.getByText("This time is not free any more.").waitFor();
      expect(await isClosed(page)).toBe("true");
      expect(await page.getByLabel("Name").inputValue()).toBe("Slow");
    }
    await page.context().close();
  });

  it("leaves an appointment where it is when the new time cannot be had, and says the former one in the visitor's zone", async () => {
    const page = await visit("Asia/Tokyo");
    const start = await choose(page, "2027-02-09");
    await fill(page, "Mover");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Add to calendar").waitFor();
    const before = (await heading(page)) ?? "";
    expect(before).toContain("(Asia/Tokyo, UTC+9)");
    const mine = appointmentsOf(world).find(({ startTime }) => Date.parse(startTime) === Date.parse(start));
    const stays = async (): Promise<void> => {
      expect(await heading(page)).toBe(before);
      expect(appointmentsOf(world).find(({ id }) => id === mine?.id)?.startTime).toBe(mine?.startTime);
    };
    await page.getByRole("button", { name: "Reschedule" }).click();
    await page.getByText(`Now: ${before}`).waitFor();
    await page.locator("#day-2027-02-11.open").click();
    const wanted = page.locator("#times button").first();
    await wanted.waitFor();

    world.emulator.webhooks.faults.add({ type: "*", kind: "drop" });
    const rival = await visit("Asia/Tokyo");
    await choose(rival, "2027-02-11");
    await fill(rival, "Rival");
    await rival.getByRole("button", { name: "Confirm" }).click();
    await rival.getByText("Add to calendar").waitFor();
    await rival.context().close();
    await wanted.click();
    await page.getByText("This time was taken meanwhile. Your appointment stays where it is: choose another time.").waitFor();
    await stays();

    world.emulator.faults.add({ operation: "calendars.updateAppointment", kind: "error", status: 422, body: { message: "No" }, times: 1 });
    await page.locator("#day-2027-02-12.open").click();
    await page.locator("#times button").first().click();
    await page.getByText(/HighLevel refused/).waitFor();
    await stays();
    world.emulator.faults.clear();
    await page.locator("#times button").first().click();
    await expect.poll(() => heading(page)).not.toBe(before);
    await page.context().close();
  });

  it("goes by the keyboard alone, and the focus is never lost", async () => {
    const page = await visit();
    const focus = (): Promise<string> => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || "");
    await page.locator("#day-2027-02-15.open").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focus()).toBe("day-2027-02-16");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest("#times") !== null)).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(focus).toBe("book-name");
    await page.keyboard.type("Kay");
    await page.keyboard.press("Tab");
    await page.keyboard.type("kay");
    await page.keyboard.press("Enter");
    await page.getByText("E-mail is no address").waitFor();
    await expect.poll(focus).toBe("book-email");
    await page.keyboard.type("@example.com");
    await page.keyboard.press("Enter");
    await page.getByText("Add to calendar").waitFor();
    await page.context().close();
  });
});

describe.skipIf(!hasChromium())("booking on the night that the clocks change", () => {
  /** Open at night and in the office hours, every day. */
  const openAtNight = (emulator: AppUnderTest<BookingApp>["emulator"]): void => {
    const snapshot = emulator.snapshot();
    const hours = [
      { openHour: 0, openMinute: 0, closeHour: 5, closeMinute: 0 },
      { openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 },
    ];
    const calendars = (snapshot["calendars"] ?? []).map((calendar) => ({
      ...calendar,
      details: {
        ...(calendar as unknown as { readonly details: object }).details,
        openHours: [{ daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6], hours }],
      },
    }));
    emulator.restore({ ...snapshot, calendars });
  };
  const half = (from: number, to: number, offset = ""): readonly string[] =>
    Array.from({ length: (to - from) * 2 }, (_, at) => {
      const hour = String(from + Math.floor(at / 2)).padStart(2, "0");
      return `${hour}:${at % 2 === 0 ? "00" : "30"}${offset}`;
    });

  it.each([
    {
      night: "2026-11-01, which has an hour twice",
      at: "2026-10-28T12:00:00Z",
      day: "2026-11-01",
      times: [...half(0, 1), ...half(1, 2, " UTC-4"), ...half(1, 2, " UTC-5"), ...half(2, 5), ...half(9, 17)],
      bookings: [
        ["2026-11-01", "01:30 UTC-5", "Sunday 1 November 2026, 01:30 (America/New_York, UTC-5)", "2026-11-01T06:30:00Z"],
        ["2026-11-02", "09:00", "Monday 2 November 2026, 09:00 (America/New_York, UTC-5)", "2026-11-02T14:00:00Z"],
      ],
      before: ["2026-10-30", "09:00", "Friday 30 October 2026, 09:00 (America/New_York, UTC-4)", "2026-10-30T13:00:00Z"],
    },
    {
      night: "2027-03-14, which lacks an hour",
      at: "2027-03-10T12:00:00Z",
      day: "2027-03-14",
      times: [...half(0, 2), ...half(3, 5), ...half(9, 17)],
      bookings: [
        ["2027-03-14", "03:00", "Sunday 14 March 2027, 03:00 (America/New_York, UTC-4)", "2027-03-14T07:00:00Z"],
        ["2027-03-15", "09:00", "Monday 15 March 2027, 09:00 (America/New_York, UTC-4)", "2027-03-15T13:00:00Z"],
      ],
      before: ["2027-03-12", "09:00", "Friday 12 March 2027, 09:00 (America/New_York, UTC-5)", "2027-03-12T14:00:00Z"],
    },
  ] as const)("loses no time of $night, and books the instant that was clicked", async ({ at, day, times, bookings, before }) => {
    const world = await openApp(startBooking, { at, prepare: openAtNight });
    try {
      const page = await world.open(`/book/${world.locationId}`, { zone: "America/New_York", isVisitor: true });
      for (const [date, time, name, instant] of [before, ...bookings]) {
        await page.goto(`${world.url}/book/${world.locationId}`);
        await page.locator(".day.open").first().waitFor();
        if (!at.startsWith(date.slice(0, 7))) await page.getByRole("button", { name: "Next month" }).click();
        await page.locator(`#day-${date}.open`).click();
        if (date === day) expect(await page.locator("#times button").allTextContents()).toEqual(times);
        await page.getByRole("button", { name: time, exact: true }).click();
        expect(await heading(page)).toBe(name);
        await fill(page, "Ada");
        await page.getByRole("button", { name: "Confirm" }).click();
        await page.getByText("Add to calendar").waitFor();
        expect(appointmentsOf(world).map(({ startTime }) => Date.parse(startTime))).toContain(Date.parse(instant));
      }
    } finally {
      await world.close();
    }
  });
});
