import { createBooking } from "@ghlkit/crm/booking";
import { expectAccessible, hasChromium, openApp, sendTogether, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBooking, type BookingApp } from "../src/server.ts";

describe.skipIf(!hasChromium())("booking in a browser", () => {
  let world: AppUnderTest<BookingApp>;
  let bookingPath = "";
  beforeAll(async () => {
    // A Tuesday long before the clocks change.
    world = await openApp(startBooking, { at: "2027-02-02T12:00:00Z" });
    bookingPath = `/book/${world.locationId}`;
  });
  afterAll(() => world.close());

  interface Stored {
    readonly id: string;
    readonly startTime: string;
    readonly appointmentStatus: string;
  }
  const appointments = (): readonly Stored[] => (world.emulator.snapshot()["appointments"] ?? []) as unknown as readonly Stored[];
  const visitor = (zone: string, path = bookingPath): Promise<Page> => world.open(path, { zone, isVisitor: true });
  const chooseFirstTime = async (page: Page): Promise<string> => {
    await page.locator(".day.open").first().click();
    const button = page.locator("#times button").first();
    const time = (await button.textContent()) ?? "";
    await button.click();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    return time;
  };
  const confirm = async (page: Page, name: string, email: string): Promise<void> => {
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Confirm" }).click();
  };

  it("books the instant that a visitor in Tokyo clicked, and says the same on the page, in the mail and in the file", async () => {
    const page = await visitor("Asia/Tokyo");
    await page.locator(".day.open").first().waitFor();
    await chooseFirstTime(page);
    const heading = (await page.getByRole("heading", { level: 2 }).first().textContent()) ?? "";
    expect(heading).toContain("(Asia/Tokyo, UTC+9)");
    const start = new URL(page.url()).searchParams.get("start") ?? "";
    await confirm(page, "Ada Lovelace", "ada@example.com");
    await page.getByText("Add to calendar").waitFor();
    expect(await page.getByRole("heading", { level: 2 }).first().textContent()).toBe(heading);
    expect(appointments().map(({ startTime }) => Date.parse(startTime))).toEqual([Date.parse(start)]);
    const file = await page.request.get(`${page.url()}/appointment.ics`);
    expect(await file.text()).toContain(`DTSTART:${start.replaceAll(/[-:]|\.000/g, "")}`);
    await expect.poll(() => JSON.stringify(world.emulator.snapshot()["messages"] ?? [])).toContain(heading);
  });

  it("gives one slot to one of two visitors, and offers the other one fresh times without losing the form", async () => {
    const [one, two] = [await visitor("America/New_York"), await visitor("Europe/Berlin")];
    await one.locator(".day.open").first().waitFor();
    await chooseFirstTime(one);
    await two.goto(one.url());
    const before = appointments().length;
    await one.getByLabel("Name").fill("One");
    await one.getByLabel("E-mail").fill("one@example.com");
    await two.getByLabel("Name").fill("Two");
    await two.getByLabel("E-mail").fill("two@example.com");
    await sendTogether([one, two], "/book", (page) => page.getByRole("button", { name: "Confirm" }).click());
    const won = (page: Page): Promise<boolean> => page.getByText("Add to calendar").isVisible();
    await expect.poll(async () => [await won(one), await won(two)].filter(Boolean).length).toBe(1);
    const loser = (await won(one)) ? two : one;
    await loser.getByText("This time is not free any more. Free are:").waitFor();
    expect(await loser.locator(".problem button").count()).toBe(3);
    expect(await loser.getByLabel("Name").inputValue()).not.toBe("");
    expect(appointments().length).toBe(before + 1);
    await loser.locator(".problem button").first().click();
    await loser.getByRole("button", { name: "Confirm" }).click();
    await loser.getByText("Add to calendar").waitFor();
    expect(appointments().length).toBe(before + 2);
  });

  it("closes Confirm when the time is taken while the form is filled in", async () => {
    const [page, other] = [await visitor("Europe/Berlin"), await visitor("Europe/Berlin")];
    await page.locator(".day.open").first().waitFor();
    await chooseFirstTime(page);
    await page.getByLabel("Name").fill("Slow");
    await other.goto(page.url());
    await confirm(other, "Quick", "quick@example.com");
    await other.getByText("Add to calendar").waitFor();
    await page.getByText("This time is not free any more.").waitFor();
    expect(await page.getByRole("button", { name: "Confirm" }).getAttribute("aria-disabled")).toBe("true");
    expect(await page.getByLabel("Name").inputValue()).toBe("Slow");
  });

  it("keeps form and step through Refresh, and goes back to the times with Back", async () => {
    const page = await visitor("Europe/Berlin");
    await page.locator(".day.open").first().waitFor();
    await chooseFirstTime(page);
    await page.getByLabel("Name").fill("Keeper");
    await page.reload();
    expect(await page.getByLabel("Name").inputValue()).toBe("Keeper");
    await page.goBack();
    await page.locator(".day").first().waitFor();
    await page.goForward();
    expect(await page.getByLabel("Name").inputValue()).toBe("Keeper");
    // A time that is over, of an old address.
    await page.goto(`${world.url}${bookingPath}?start=2026-12-01T15:00:00.000Z&end=2026-12-01T15:30:00.000Z`);
    await page.getByText("This time is not free any more. Choose another day.").waitFor();
  });

  it("moves and cancels by the private link, which stays good, and shows what the host does", async () => {
    const page = await visitor("Asia/Tokyo");
    await page.locator(".day.open").first().waitFor();
    await chooseFirstTime(page);
    await confirm(page, "Mover", "mover@example.com");
    await page.getByText("Add to calendar").waitFor();
    const link = page.url();
    const first = (await page.getByRole("heading", { level: 2 }).first().textContent()) ?? "";
    await page.getByRole("button", { name: "Reschedule" }).click();
    await page.getByText(`Now: ${first}`).waitFor();
    await page.locator(".day.open").last().click();
    await page.locator("#times button").last().click();
    await expect.poll(() => page.getByRole("heading", { level: 2 }).first().textContent()).not.toBe(first);
    await page.goto(link);
    const moved = await page.getByRole("heading", { level: 2 }).first().textContent();
    expect(moved).not.toBe(first);

    const stored = appointments().at(-1);
    world.emulator.act.moveAppointment(stored?.id ?? "", { status: "cancelled" });
    await page.getByText("Cancelled").waitFor();
    await page.getByRole("link", { name: "Book a new one" }).waitFor();
    await page.goto(`${link}x`);
    await page.getByText("This link leads to no appointment.").waitFor();
  });

  it("cancels twice without harm, and books the same time for the same person again", async () => {
    const page = await visitor("Europe/Berlin");
    await page.locator(".day.open").first().waitFor();
    await chooseFirstTime(page);
    const at = page.url();
    await confirm(page, "Again", "again@example.com");
    await page.getByText("Add to calendar").waitFor();
    const other = await visitor("Europe/Berlin", new URL(page.url()).pathname);
    await page.getByRole("button", { name: "Cancel appointment" }).dblclick();
    await page.getByText("Cancelled").waitFor();
    await other.getByText("Cancelled").waitFor();
    await page.goto(at);
    await confirm(page, "Again", "again@example.com");
    await page.getByText("Add to calendar").waitFor();
  });

  it("is used with the arrow keys, and names its days with what is free", async () => {
    const page = await visitor("Europe/Berlin");
    await page.locator(".day.open").first().waitFor();
    await page.locator(".day[tabindex='0']").focus();
    const day = await page.evaluate(() => document.activeElement?.id);
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe(day);
    expect(await page.locator(".day.open").first().getAttribute("aria-label")).toMatch(/^\w+day \d+ February, \d+ times?$/);
    await page.locator(".day.open").first().focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest("#times") !== null)).toBe(true);
  });

  it("jumps to the next free time where a month has none", async () => {
    const { users } = world.emulator.seed;
    const { availability } = createBooking(world.app.backend.location(world.locationId), {
      journal: world.app.backend.journal,
      clock: world.clock,
    });
    for (const userId of [users.admin, users.member]) {
      await availability.block({ userId, from: "2027-03-01T00:00:00Z", to: "2027-04-01T04:00:00Z", title: "Holiday" });
      await availability.block({ userId, from: "2027-05-01T00:00:00Z", to: "2027-06-02T04:00:00Z", title: "Holiday" });
    }
    const page = await visitor("America/New_York");
    await page.locator(".day.open").first().waitFor();
    await page.getByRole("button", { name: "Next month" }).click();
    await page.getByText("No free times this month.").waitFor();
    expect(await page.locator(".month strong").textContent()).toBe("March 2027");
    // The last day of April and the first of the month after are read with May: a zone may have them in it.
    await page.getByRole("button", { name: "Next: 1 Apr" }).click();
    await page.getByRole("heading", { name: "Thursday 1 April" }).waitFor();
    expect(await page.locator(".month strong").textContent()).toBe("April 2027");
    await page.getByRole("button", { name: "Next month" }).click();
    await page.getByRole("button", { name: "Next: 2 Jun" }).click();
    await page.getByRole("heading", { name: "Wednesday 2 June" }).waitFor();
  });

  it("is accessible, and stays within 320 px and at 200 %", async () => {
    const page = await world.open(bookingPath, { isVisitor: true });
    await page.locator(".day.open").first().click();
    await expectAccessible(page);
    await page.locator("#times button").first().click();
    await page.getByLabel("Name").waitFor();
    await expectAccessible(page);
    await page.context().close();
  });
});
