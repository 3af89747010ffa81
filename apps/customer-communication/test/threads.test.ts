import { hasChromium, openApp, setHidden, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startInbox, type InboxApp } from "../src/server.ts";

type Emulator = AppUnderTest<InboxApp>["emulator"];

const [ada, graceId, graceThread, first] = ["contact-of-ada", "contact-of-grace", "thread-of-grace", Date.parse("2026-01-01T00:00:00Z")];

/** Ada, and Grace with 2,000 text messages, a minute between two. */
function seedPeople(emulator: Emulator): void {
  const { locationId } = emulator.seed;
  const snapshot = emulator.snapshot();
  const at = (place: number): string => new Date(first + place * 60_000).toISOString();
  const person = {
    locationId,
    dateAdded: at(0),
    dateUpdated: at(0),
    tags: [],
    customFields: [],
    followers: [],
    dnd: false,
    source: "",
    country: "US",
    createdBy: { source: "SEED" },
    additionalEmails: [],
    additionalPhones: [],
  };
  const contacts = [
    { ...person, id: ada, firstName: "Ada", lastName: "Lovelace", email: "ada@example.com", phone: "+12025550143" },
    { ...person, id: graceId, firstName: "Grace", lastName: "Hopper", phone: "+12025550161" },
  ];
  const conversation = {
    id: graceThread,
    locationId,
    contactId: graceId,
    unreadCount: 0,
    starred: false,
    lastMessageBody: "Message 1999",
    lastMessageType: "TYPE_SMS",
    lastMessageDirection: "inbound",
    lastMessageAtMs: first + 1999 * 60_000,
    dateAdded: at(0),
    dateUpdated: at(1999),
  };
  const messages = Array.from({ length: 2000 }, (_, place) => ({
    id: `message-${place}`,
    locationId,
    contactId: graceId,
    conversationId: graceThread,
    direction: place % 2 === 0 ? "outbound" : "inbound",
    messageType: "TYPE_SMS",
    type: 2,
    status: "delivered",
    body: `Message ${place}`,
    contentType: "text/plain",
    attachments: [],
    source: "app",
    dateAdded: at(place),
    dateUpdated: at(place),
  }));
  const add = (name: string, records: readonly object[]) => ({ [name]: [...(snapshot[name] ?? []), ...records] as never });
  emulator.restore({
    ...snapshot,
    ...add("contacts", contacts),
    ...add("conversations", [conversation]),
    ...add("messages", messages),
  });
}

describe.skipIf(!hasChromium())("threads of the inbox", () => {
  let world: AppUnderTest<InboxApp>;
  let page: Page;
  beforeAll(async () => {
    // Messages are sent after a second, and no carrier reports on them for a day.
    const messageTimeline = { sentAfterMs: 1000, deliveredAfterMs: 86_400_000 };
    world = await openApp(startInbox, { prepare: seedPeople, emulator: { messageTimeline } });
    world.emulator.act.replyAs(ada, "Hi, is it free?", { channel: "sms" });
    page = await world.open();
    await thread("Ada Lovelace").waitFor();
    await thread("Grace Hopper").waitFor();
  });
  afterAll(() => world.close());

  const thread = (name: string, on: Page = page): Locator => on.getByRole("navigation", { name: "Threads" }).getByRole("button", { name });
  const openThread = async (name: string, on: Page = page): Promise<void> => {
    await thread(name, on).click();
    await on.getByRole("region", { name }).getByRole("log").waitFor();
  };
  const text = (on: Page = page): Locator => on.getByRole("textbox", { name: "Text" });
  const write = async (value: string, on: Page = page): Promise<void> => {
    await text(on).fill(value);
    await on.keyboard.press("Control+Enter");
  };
  const bubble = (value: string, on: Page = page): Locator => on.locator(".bubble.outbound", { hasText: value });
  const sent = (value: string): number =>
    world.emulator
      .requests(100_000)
      .filter(
        ({ operation, status, body }) => operation === "conversations.sendMessage" && status < 300 && JSON.stringify(body).includes(value),
      ).length;

  it("opens 2,000 messages at their end, fifty at a time, and keeps the place when older ones are read", async () => {
    const count = async (): Promise<unknown> =>
      (await world.app.backend.copy.all("select count(*) as n from $s.ghl_messages where conversation_id = ?1", [graceThread]))[0]?.["n"];
    await expect.poll(async () => Number(await count())).toBe(2000);
    const answers: number[] = [];
    page.on("response", async (response) => {
      if (response.url().endsWith("/thread"))
        answers.push(((await response.json()) as { thread: { messages: [] } }).thread.messages.length);
    });
    await openThread("Ada Lovelace");
    await openThread("Grace");
    await expect.poll(() => page.locator(".bubble").count()).toBe(50);
    // How long that takes is a row of the benchmark; here, that no answer holds more than what is shown.
    expect(Math.max(...answers)).toBe(50);
    const places = (shown: string): Promise<number> =>
      page
        .locator(".bubble")
        .filter({ hasText: shown })
        .evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const viewport = page.viewportSize()?.height ?? 0;
    await expect.poll(() => places("Message 1999")).toBeLessThan(viewport);

    for (const [top, shown] of [
      [0, "Message 1950"],
      [30, "Message 1900"],
    ] as const) {
      const before = await page.evaluate((scrollTop) => {
        const list = document.querySelector("#messages");
        if (list !== null) list.scrollTop = scrollTop;
        return list?.scrollHeight ?? 0;
      }, top);
      const place = await places(shown);
      await page.evaluate(() => document.querySelector<HTMLElement>("#messages button")?.click());
      await expect.poll(() => page.evaluate(() => document.querySelector("#messages")?.scrollHeight ?? 0)).toBeGreaterThan(before);
      await expect.poll(async () => Math.abs((await places(shown)) - place)).toBeLessThan(3);
    }
    expect(await page.locator(".bubble").count()).toBe(150);
  });

  it("moves neither scroll nor focus when messages come in, and counts them", async () => {
    await page.evaluate(() => document.querySelector("#messages")?.scrollTo(0, 200));
    await text().fill("half a sentence");
    const stands = (): Promise<object> =>
      page.evaluate(() => ({ focus: document.activeElement?.id, top: document.querySelector("#messages")?.scrollTop }));
    const before = await stands();
    world.emulator.act.replyAs(ada, "Another thread", { channel: "sms" });
    await expect.poll(() => page.locator(".thread").first().textContent()).toMatch(/1 unread, .*Ada Lovelace.*Another thread/);
    expect(await page.title()).toBe("(1) Inbox");
    world.emulator.act.replyAs(graceId, "This thread", { channel: "sms" });
    await page.getByRole("button", { name: "1 new" }).waitFor();
    expect(await stands()).toEqual(before);
    expect(await text().inputValue()).toBe("half a sentence");
    await page.getByRole("button", { name: "1 new" }).click();
    await expect.poll(() => page.getByRole("button", { name: "1 new" }).count()).toBe(0);
    const last = page.locator(".bubble.inbound", { hasText: "This thread" });
    await expect.poll(() => last.evaluate((element) => element.getBoundingClientRect().bottom < innerHeight)).toBe(true);
  });

  it("keeps a draft to its thread, also when the tab is gone", async () => {
    await openThread("Ada Lovelace");
    expect(await text().inputValue()).toBe("");
    await text().fill("for Ada");
    await openThread("Grace Hopper");
    expect(await text().inputValue()).toBe("half a sentence");
    const tab = await page.context().newPage();
    await tab.goto(world.url);
    await openThread("Ada Lovelace", tab);
    expect(await text(tab).inputValue()).toBe("for Ada");
    await tab.close();
    await text().fill("");
    await openThread("Ada Lovelace");
    await text().fill("");
  });

  it("makes a thread of an unknown sender whose contact is not to be found yet, and takes the next message into it", async () => {
    const { emulator, clock, app, locationId } = world;
    emulator.faults.add({ operation: "*", kind: "replication-lag", lagMs: 10_000 });
    const { contact } = await app.backend.location(locationId).contacts.create({ body: { phone: "+12025550188" } });
    emulator.act.replyAs(contact.id, "Who is this?", { channel: "sms" });
    const row = page.locator(".thread", { hasText: "Who is this?" });
    await row.click();
    await page.getByRole("complementary", { name: "Contact" }).getByText("+12025550188").first().waitFor();
    await write("This is us");
    await clock.leap(5000);
    await bubble("This is us").filter({ hasText: "✓ Sent" }).waitFor();
    emulator.faults.clear();
    emulator.act.replyAs(contact.id, "Thanks", { channel: "sms" });
    await page.locator(".bubble.inbound", { hasText: "Thanks" }).waitFor();
    await expect.poll(() => page.locator(".thread", { hasText: "Thanks" }).count()).toBe(1);
    expect(await page.locator(".thread").count()).toBe(3);
    expect(await page.getByRole("button", { name: /^E-mail/ }).getAttribute("aria-disabled")).toBe("true");
    await page.getByText("There is no e-mail address.").waitFor({ state: "attached" });
  });

  it("shows an agent the answer of another one before a second answer goes out", async () => {
    const other = await world.open();
    await openThread("Ada Lovelace");
    await openThread("Ada Lovelace", other);
    await text(other).fill("Mine");
    await setHidden(other, true);
    await write("Ours");
    await bubble("Ours").waitFor();
    expect(await bubble("Ours", other).count()).toBe(0);
    await other.getByRole("button", { name: "Send", exact: true }).click();
    await other.getByText("This was answered meanwhile").waitFor();
    await bubble("Ours", other).waitFor();
    expect(await text(other).inputValue()).toBe("Mine");
    expect(sent("Mine")).toBe(0);
    await other.getByRole("button", { name: "Send", exact: true }).click();
    await bubble("Mine", other).waitFor();
    await expect.poll(() => sent("Mine")).toBe(1);
    await other.context().close();
  });

  it("shows the carrier's reason, sends again in the same bubble, and says when there is no news", async () => {
    const { emulator, clock } = world;
    emulator.switches.set({ smsNumber: "absent" });
    await write("Try me");
    const shows = (state: string, leapMs: number): Promise<void> =>
      expect
        .poll(async () => {
          await clock.leap(leapMs);
          return bubble("Try me").textContent();
        })
        .toContain(state);
    await shows("! Failed: Failed: No numbers available in the account.", 5000);
    emulator.switches.set({ smsNumber: "present" });
    await bubble("Try me").getByRole("button", { name: "Retry" }).click();
    await bubble("Try me").filter({ hasText: "✓ Sent · 2 attempts" }).waitFor();
    expect(sent("Try me")).toBe(2);
    expect(await page.locator(".bubble", { hasText: "Try me" }).count()).toBe(1);
    await shows("✓ Sent, no news yet · 2 attempts", 60_000);
  });

  it("counts the places and parts of a text as it is typed", async () => {
    for (const [value, shown] of [
      ["a".repeat(160), "160/160"],
      ["a".repeat(161), "161/306 · 2 parts"],
      ["ł".repeat(70), "70/70"],
      ["ł".repeat(71), "71/134 · 2 parts"],
    ] as const) {
      await text().fill(value);
      await page.getByText(shown, { exact: true }).waitFor();
    }
    await text().fill("");
  });

  it("moves the opportunity of the contact in HighLevel, and takes no field from under the hands", async () => {
    const { emulator, app, locationId } = world;
    const { pipelineId, stageIds } = emulator.seed;
    const location = app.backend.location(locationId);
    const { opportunity } = await location.opportunities.create({
      body: { contactId: ada, name: "Solar", pipelineId, pipelineStageId: stageIds[0] ?? "", status: "open" },
    });
    const id = opportunity?.id ?? "";
    const stage = page.getByLabel("Stage of Solar");
    await stage.waitFor();
    await stage.selectOption({ label: "Contacted" });
    await page.getByText("Solar was moved in HighLevel.").waitFor();
    expect((await location.opportunities.get({ id }, { fresh: true })).opportunity?.pipelineStageId).toBe(stageIds[1]);
    emulator.act.moveOpportunity(id, { stage: stageIds[0] ?? "" });
    await expect.poll(() => stage.inputValue()).toBe(stageIds[0]);

    const note = page.getByLabel("Note", { exact: true });
    await note.fill("half a note");
    emulator.faults.add({ operation: "opportunities.get", kind: "latency", delayMs: 3000, times: 1 });
    await stage.selectOption({ label: "Proposal sent" });
    await note.focus();
    emulator.act.moveOpportunity(id, { stage: stageIds[1] ?? "" });
    await location.contacts.update({ contactId: ada, body: { lastName: "King" } });
    await page.getByText("It was moved to Contacted in HighLevel meanwhile.").waitFor();
    await expect.poll(() => stage.inputValue()).toBe(stageIds[1]);
    expect(await note.inputValue()).toBe("half a note");
    expect(await note.evaluate((element) => element === document.activeElement)).toBe(true);
    // The contact has been read again: no reading of it is under way any more.
    await thread("Ada King").waitFor();
  });

  it("refuses at the bubble what was written before STOP arrived, and closes a channel with the reason", async () => {
    const { emulator } = world;
    emulator.webhooks.faults.add({ type: "*", kind: "drop" });
    emulator.act.replyAs(ada, "STOP", { channel: "sms" });
    const refused = bubble("Too late").filter({ hasText: "! Not sent: The person does not want messages on this channel." });
    // The answer to the form comes after the event that says what became of the message.
    await page.route("**/send", async (route) => {
      const response = await route.fetch();
      await refused.waitFor();
      await route.fulfill({ response });
    });
    await write("Too late");
    await refused.waitFor();
    await expect.poll(() => text().inputValue()).toBe("");
    expect(await refused.count()).toBe(1);
    await page.unroute("**/send");
    expect(sent("Too late")).toBe(0);
    emulator.webhooks.faults.clear();
    emulator.act.optOut(ada, { channel: "email" });
    const reason = page.getByText(/Does not want e-mail since \d{4}-\d\d-\d\d\./);
    // A webhook that did not come through is sent again minutes later.
    await expect.poll(async () => (await world.clock.leap(60_000), reason.count())).toBeGreaterThan(0);
    for (const name of [/^SMS/, /^E-mail/]) expect(await page.getByRole("button", { name }).getAttribute("aria-disabled")).toBe("true");
  });

  it("shows a person's new name in the list", async () => {
    const { contacts } = world.app.backend.location(world.locationId);
    await contacts.update({ contactId: ada, body: { lastName: "Byron" } });
    await thread("Ada Byron").waitFor();
  });

  it("goes by the keyboard alone, and the focus is never lost", async () => {
    await thread("Grace Hopper").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Grace Hopper" }).getByRole("log").waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
    const into = async (name: string): Promise<void> => {
      for (let step = 0; step < 30; step += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.id === wanted, name)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab does not lead to ${name}.`);
    };
    await into("text");
    await page.keyboard.type("By keys");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await bubble("By keys").waitFor();
    await expect.poll(() => sent("By keys")).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  });
});
