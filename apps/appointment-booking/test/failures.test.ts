import { hasChromium, inProcess, openApp, setHidden, type AppProcess, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBooking, type BookingApp } from "../src/server.ts";

const at = "2027-02-02T12:00:00Z";
type Emulator = AppUnderTest<BookingApp>["emulator"];

const appointments = (emulator: Emulator): number => (emulator.snapshot()["appointments"] ?? []).length;
const confirmations = (emulator: Emulator): number =>
  emulator.requests(100_000).filter(({ operation, status, body }) => {
    return operation === "conversations.sendMessage" && status < 300 && JSON.stringify(body).includes("Confirmed");
  }).length;

/** The form, filled in, for the first time of a day. */
async function fillIn(page: Page, day: string, name: string): Promise<void> {
  await page.locator(`#day-${day}.open`).click();
  await page.locator("#times button").first().click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(`${name.toLowerCase()}@example.com`);
}

describe.skipIf(!hasChromium())("booking when something fails", () => {
  let world: AppUnderTest<BookingApp>;
  let path = "";
  beforeAll(async () => {
    world = await openApp(startBooking, { at });
    path = `/book/${world.locationId}`;
  });
  afterAll(() => world.close());

  it("keeps the times and what was typed through a minute of 503, says since when, and books once", async () => {
    const { emulator, clock } = world;
    const before = appointments(emulator);
    const page = await world.open(path, { isVisitor: true });
    await fillIn(page, "2027-02-04", "Ada");
    emulator.faults.add({ operation: "*", kind: "error", status: 503 });
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Booking …").waitFor();
    await clock.leap(60_000);
    await page.getByText("HighLevel does not answer at the moment. Nothing is lost: try again.").waitFor();
    await page.getByText(/What you see is as of \d\d:\d\d/).waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Ada");
    await page.getByRole("button", { name: "Another time" }).click();
    await page.locator("#times button").first().waitFor();
    await page.goForward();
    expect(appointments(emulator)).toBe(before);
    emulator.faults.clear();
    await clock.leap(60_000);
    await page.getByRole("button", { name: "Confirm" }).dblclick();
    await page.getByText("Add to calendar").waitFor();
    expect(appointments(emulator)).toBe(before + 1);
    await clock.leap(30_000);
    await expect.poll(() => confirmations(emulator)).toBe(1);
    await page.getByText(/What you see is as of/).waitFor({ state: "hidden" });
    await page.context().close();
  });

  it("asks the host to reconnect once the connection is revoked and the visitor to come back, keeps what was typed, and goes on", async () => {
    const { emulator, clock, locationId } = world;
    const before = appointments(emulator);
    const host = await world.open();
    const page = await world.open(path, { isVisitor: true });
    await fillIn(page, "2027-02-05", "Grace");
    emulator.oauth.revoke({ locationId });
    emulator.oauth.revoke({ companyId: emulator.seed.companyId });
    const requests = emulator.requests(100_000).length;
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("There is no connection to HighLevel at the moment. What you have typed is kept").first().waitFor();
    expect(await page.getByRole("link", { name: "Reconnect HighLevel" }).count()).toBe(0);
    await host.getByRole("link", { name: "Reconnect HighLevel" }).waitFor();
    await clock.leap(60_000);
    const calls = emulator.requests(100_000).length - requests;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(60);
    expect(await page.getByLabel("Name").inputValue()).toBe("Grace");
    await world.connect();
    await clock.leap(60_000);
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Add to calendar").waitFor();
    expect(appointments(emulator)).toBe(before + 1);
    await host.getByRole("heading", { name: /Grace/ }).waitFor();
    await host.getByRole("link", { name: "Reconnect HighLevel" }).waitFor({ state: "hidden" });
    await Promise.all([page.context().close(), host.context().close()]);
  });

  it("catches up without reloading when it was hidden, in the seventh tab too", async () => {
    const host = await world.open();
    await host.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    const tabs = [host];
    while (tabs.length < 7) {
      await setHidden(tabs.at(-1) ?? host, true);
      const tab = await host.context().newPage();
      await tab.goto(world.url);
      tabs.push(tab);
    }
    const page = await world.open(path, { isVisitor: true });
    await fillIn(page, "2027-02-08", "Sleeper");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("Add to calendar").waitFor();
    await (tabs.at(-1) ?? host).getByRole("heading", { name: /Sleeper/ }).waitFor();
    expect(await host.getByRole("heading", { name: /Sleeper/ }).count()).toBe(0);
    await setHidden(tabs.at(-1) ?? host, true);
    // What it missed is read until it comes, not once.
    let lost = 0;
    await host.route(world.url, (route) => {
      const isLost = route.request().headers()["accept"] === "application/json" && lost === 0;
      lost += isLost ? 1 : 0;
      return isLost ? route.abort() : route.continue();
    });
    await setHidden(host, false);
    await host.getByRole("heading", { name: /Sleeper/ }).waitFor();
    expect(lost).toBe(1);
    expect(await host.evaluate(() => (globalThis as unknown as { readonly isSamePage?: boolean }).isSamePage)).toBe(true);
    await Promise.all([page.context().close(), host.context().close()]);
  });
});

describe.skipIf(!hasChromium())("booking in a process that is killed", () => {
  let world: AppUnderTest<AppProcess>;
  beforeAll(async () => {
    world = await openApp(inProcess(new URL("../src/server.ts", import.meta.url), "startBooking"), { at });
  });
  afterAll(() => world.close());

  it("makes one appointment and sends one confirmation, and the page comes back by itself", async () => {
    const { emulator, app, clock, locationId } = world;
    const page = await world.open(`/book/${locationId}`, { isVisitor: true });
    await fillIn(page, "2027-02-04", "Ada");
    // HighLevel has the appointment; the application dies before its answer.
    emulator.faults.add({ operation: "calendars.createAppointment", kind: "no-answer", afterEffect: true });
    await page.getByRole("button", { name: "Confirm" }).click();
    await expect.poll(() => appointments(emulator)).toBe(1);
    await app.kill();
    await page.getByText("The application does not answer.").waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("Ada");
    emulator.faults.clear();
    await app.restart();
    await page.getByText("Live").first().waitFor();
    const booked = page.getByText("Add to calendar");
    await expect
      .poll(async () => {
        await clock.leap(60_000);
        const confirm = page.getByRole("button", { name: "Confirm" });
        if (await confirm.isVisible()) await confirm.click();
        await booked.or(page.getByText("HighLevel has not answered").last()).first().waitFor();
        return booked.isVisible();
      })
      .toBe(true);
    await clock.leap(60_000);
    await expect.poll(() => confirmations(emulator)).toBe(1);
    expect(appointments(emulator)).toBe(1);
  });
});
