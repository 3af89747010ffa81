import { forgeWebhook, hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBooking, type BookingApp } from "../src/server.ts";

describe.skipIf(!hasChromium())("webhooks of booking", () => {
  let world: AppUnderTest<BookingApp>;
  beforeAll(async () => {
    world = await openApp(startBooking, { at: "2027-02-02T12:00:00Z" });
  });
  afterAll(() => world.close());

  it("show an appointment once, as it is, when they come twice, late and out of order; a forged one changes nothing", async () => {
    const { emulator, clock, locationId } = world;
    const visitor = await world.open(`/book/${locationId}`, { isVisitor: true });
    await visitor.locator("#day-2027-02-04.open").click();
    await visitor.locator("#times button").first().click();
    await visitor.getByLabel("Name").fill("Ada");
    await visitor.getByLabel("E-mail").fill("ada@example.com");
    await visitor.getByRole("button", { name: "Confirm" }).click();
    await visitor.getByText("Add to calendar").waitFor();
    const host = await world.open();
    const card = host.locator("li.card", { hasText: "Ada" });
    await card.waitFor();
    const id = String((emulator.snapshot()["appointments"] ?? []).at(-1)?.id);

    emulator.webhooks.faults.add({ type: "*", kind: "duplicate", copies: 2, times: 4 });
    // The first change arrives behind the second one.
    emulator.webhooks.faults.add({ type: "AppointmentUpdate", kind: "delay", delayMs: 5000, times: 1 });
    emulator.act.moveAppointment(id, { startTime: "2027-02-05T15:00:00Z" });
    await clock.leap(1000);
    emulator.act.moveAppointment(id, { startTime: "2027-02-08T16:00:00Z" });
    await clock.leap(10_000);
    await card.filter({ hasText: "8 February 2027" }).waitFor();
    expect(await card.count()).toBe(1);

    expect(await forgeWebhook(world.url, { type: "AppointmentDelete", locationId, appointment: { id } })).toBe(401);
    await clock.leap(10_000);
    expect(await card.count()).toBe(1);
    expect(await card.innerText()).toContain("8 February 2027");
  });
});
