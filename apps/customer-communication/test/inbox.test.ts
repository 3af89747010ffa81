import { expectAccessible, hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startInbox, type InboxApp } from "../src/server.ts";

describe.skipIf(!hasChromium())("the inbox in a browser", () => {
  let world: AppUnderTest<InboxApp>;
  let page: Page;
  let ada = "";
  beforeAll(async () => {
    // The mail with a script and a picture: the browser says that it blocks both.
    world = await openApp(startInbox, { expected: /about:srcdoc|127\.0\.0\.1:9\/x\.png/ });
    const location = world.app.backend.location(world.locationId);
    const { contact } = await location.contacts.create({
      body: { firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", phone: "+12025550143" },
    });
    ada = contact.id;
    world.emulator.act.replyAs(ada, "Hi, is it free?", { channel: "sms" });
    page = await world.open();
  });
  afterAll(() => world.close());

  const openAda = async (on: Page): Promise<void> => {
    await on
      .getByRole("button", { name: /Ada Lovelace/ })
      .first()
      .click();
    await on.getByPlaceholder(/to Ada/).waitFor();
  };
  const write = async (on: Page, text: string): Promise<void> => {
    await on.getByRole("textbox", { name: "Text" }).fill(text);
    await on.keyboard.press("Control+Enter");
  };
  const sent = (): number =>
    world.emulator.requests(100_000).filter(({ operation, status }) => operation === "conversations.sendMessage" && status < 300).length;
  const bubble = (on: Page, text: string) => on.locator(".bubble.outbound", { hasText: text });

  it("shows what comes in, in the list and in the title", async () => {
    await page.getByText("Hi, is it free?").first().waitFor();
    expect(await page.title()).toMatch(/^\(\d+\) Inbox$/);
    await openAda(page);
    await page.locator(".bubble.inbound", { hasText: "Hi, is it free?" }).waitFor();
    world.emulator.act.replyAs(ada, "Hello?", { channel: "sms" });
    await page.locator(".bubble.inbound", { hasText: "Hello?" }).waitFor();
  });

  it("sends once, shows it to a colleague, and what became of it", async () => {
    const other = await world.open();
    await openAda(other);
    const before = sent();
    await page.getByRole("textbox", { name: "Text" }).fill("Yes, at three");
    await page.getByRole("button", { name: "Send", exact: true }).dblclick();
    await bubble(page, "Yes, at three").waitFor();
    await bubble(other, "Yes, at three").waitFor();
    await world.clock.leap(30_000);
    await bubble(page, "✓✓ Delivered").waitFor();
    expect(sent()).toBe(before + 1);
    expect(await bubble(page, "Yes, at three").count()).toBe(1);
  });

  it("finds a message whose answer was lost, and sends no second one", async () => {
    world.emulator.faults.add({ operation: "conversations.sendMessage", kind: "lost-answer", afterEffect: true, times: 1 });
    await write(page, "Only once");
    await bubble(page, "Only once").waitFor();
    await world.clock.leap(120_000);
    await page
      .locator(".bubble.outbound", { hasText: "Only once" })
      .filter({ hasText: /Sent|Delivered/ })
      .waitFor();
    const stored = (world.emulator.snapshot()["messages"] ?? []) as unknown as readonly { readonly body?: string }[];
    expect(stored.filter(({ body }) => body === "Only once")).toHaveLength(1);
  });

  it("keeps a draft for each channel through a reload", async () => {
    await page.getByRole("textbox", { name: "Text" }).fill("half an SMS");
    await page.getByRole("button", { name: "E-mail" }).click();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("");
    await page.getByRole("textbox", { name: "Text" }).fill("half a mail");
    await page.reload();
    await page.getByRole("button", { name: "SMS" }).click();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("half an SMS");
    await page.getByRole("button", { name: "E-mail" }).click();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("half a mail");
  });

  it("closes the SMS of a person who sent STOP, keeps the text, and leaves e-mail open", async () => {
    await page.getByRole("button", { name: "SMS" }).click();
    world.emulator.act.replyAs(ada, "STOP", { channel: "sms" });
    await page
      .getByText(/Does not want text messages since \d{4}-\d\d-\d\d\./)
      .first()
      .waitFor();
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("half an SMS");
    expect(await page.getByRole("button", { name: "Send", exact: true }).getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("button", { name: "E-mail" }).click();
    expect(await page.getByRole("button", { name: "Send", exact: true }).getAttribute("aria-disabled")).toBe("false");
  });

  it("shows a mail without its scripts and pictures", async () => {
    world.emulator.act.replyAs(ada, '<p>Hello</p><script>parent.document.title="taken"</script><img src="http://127.0.0.1:9/x.png">', {
      channel: "email",
      subject: "Mail",
    });
    const frame = page.locator("iframe.mail").last();
    await frame.waitFor();
    expect(await frame.getAttribute("sandbox")).toBe("");
    expect(await page.title()).not.toBe("taken");
  });

  it("adds a tag and a note in HighLevel", async () => {
    await page.getByLabel("Tag", { exact: true }).fill("vip");
    await page.getByRole("button", { name: "Add tag" }).click();
    await page.locator(".badge", { hasText: "vip" }).waitFor();
    await page.getByLabel("Note", { exact: true }).fill("Calls back");
    await page.getByRole("button", { name: "Add note" }).click();
    await page.getByText("The note is in HighLevel.").waitFor();
    const { notes } = await world.app.backend.location(world.locationId).contacts.listNotes({ contactId: ada }, { fresh: true });
    expect(notes.filter(({ body }) => body === "Calls back")).toHaveLength(1);
  });

  it("counts places and parts of an SMS", async () => {
    const { smsLength } = await import("../src/page/sms-length.ts");
    expect(smsLength("a".repeat(160))).toEqual({ used: 160, room: 160, parts: 1 });
    expect(smsLength("a".repeat(161))).toEqual({ used: 161, room: 306, parts: 2 });
    expect(smsLength("ł".repeat(70))).toEqual({ used: 70, room: 70, parts: 1 });
    expect(smsLength("ł".repeat(71))).toEqual({ used: 71, room: 134, parts: 2 });
    expect(smsLength("€").used).toBe(2);
  });

  it("is accessible, and stays within 320 px and at 200 %", async () => {
    const shown = await world.open();
    await shown
      .getByRole("button", { name: /Ada Lovelace/ })
      .first()
      .waitFor();
    await expectAccessible(shown);
    await openAda(shown);
    await expectAccessible(shown);
    await shown.context().close();
  });
});
