import { forgeWebhook, hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startInbox, type InboxApp } from "../src/server.ts";

describe.skipIf(!hasChromium())("webhooks of the inbox", () => {
  let world: AppUnderTest<InboxApp>;
  let page: Page;
  let contactId = "";
  beforeAll(async () => {
    world = await openApp(startInbox);
    const { contact } = await world.app.backend
      .location(world.locationId)
      .contacts.create({ body: { firstName: "Ada", email: "ada@example.com", phone: "+12025550143" } });
    contactId = contact.id;
    world.emulator.act.replyAs(contactId, "Hi, is it free?", { channel: "sms" });
    page = await world.open();
    await page.getByRole("button", { name: /Ada/ }).first().click();
    await page.locator(".bubble.inbound", { hasText: "Hi, is it free?" }).waitFor();
  });
  afterAll(() => world.close());

  it("show each message once, in its place, when they come twice, late and out of order; a forged one changes nothing", async () => {
    const { webhooks, act } = world.emulator;
    webhooks.faults.add({ type: "*", kind: "duplicate", copies: 2, times: 4 });
    // The first message arrives behind the second one.
    webhooks.faults.add({ type: "InboundMessage", kind: "delay", delayMs: 5000, times: 1 });
    act.replyAs(contactId, "First of two", { channel: "sms" });
    await world.clock.leap(1000);
    act.replyAs(contactId, "Second of two", { channel: "sms" });
    await world.clock.leap(10_000);
    const texts = ["Hi, is it free?", "First of two", "Second of two"];
    for (const text of texts) await page.locator(".bubble.inbound", { hasText: text }).waitFor();
    const shown = async (): Promise<readonly (string | undefined)[]> =>
      (await page.locator(".bubble.inbound").allInnerTexts()).map((text) => texts.find((one) => text.includes(one)));
    expect(await shown()).toEqual(texts);

    const payload = {
      type: "InboundMessage",
      locationId: world.locationId,
      contactId,
      conversationId: "any",
      messageId: "any",
      body: "Forged",
    };
    expect(await forgeWebhook(world.url, payload)).toBe(401);
    await world.clock.leap(10_000);
    expect(await shown()).toEqual(texts);
  });
});
