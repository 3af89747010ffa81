import { expectAccessible, hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
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
    await page.screenshot({ path: "/tmp/look/booking.png" });
    await chooseFirstTime(page);
    const heading = (await page.getByRole("heading", { level: 2 }).first().textContent()) ?? "";
    expect(heading).toContain("(Asia/Tokyo, UTC+9)");
    const start = new URL(page.url()).searchParams.get("start") ?? "";
    await page.screenshot({ path: "/tmp/look/booking-form.png" });
    await confirm(page, "Ada Lovelace", "ada@example.com");
    await page.getByText("Add to calendar").waitFor();
    await page.screenshot({ path: "/tmp/look/booked.png" });
    expect(await page.getByRole("heading", { level: 2 }).first().textContent()).toBe(heading);
    expect(appointments().map(({ startTime }) => Date.parse(startTime))).toEqual([Date.parse(start)]);
    const file = await page.request.get(`${page.url()}/appointment.ics`);
    expect(await file.text()).toContain(`DTSTART:${start.replaceAll(/[-:]|\.000/g, "")}`);
    await expect.poll(() => JSON.stringify(world.emulator.snapshot()["messages"] ?? [])).toContain(heading.replace(" (", " ("));
  });
});
