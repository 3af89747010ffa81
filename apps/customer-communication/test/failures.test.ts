import { hasChromium, inProcess, openApp, setHidden, type AppProcess, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startInbox, type InboxApp } from "../src/server.ts";

type Emulator = AppUnderTest<InboxApp>["emulator"];

const bubble = (page: Page, text: string): Locator => page.locator(".bubble.outbound", { hasText: text });
const stored = (emulator: Emulator, text: string): number =>
  ((emulator.snapshot()["messages"] ?? []) as unknown as readonly { readonly body: string }[]).filter(({ body }) => body === text).length;

async function openAda(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Ada/ }).first().click();
  await page.getByPlaceholder("SMS to Ada").waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Text" }).fill(text);
  await page.keyboard.press("Control+Enter");
}

/** A contact who has written. */
async function createAda(emulator: Emulator): Promise<string> {
  const answer = await emulator.fetch("http://emulator/contacts/", {
    method: "POST",
    headers: {
      authorization: `Bearer ${emulator.seed.tokens.location}`,
      version: "2021-07-28",
      "content-type": "application/json",
    },
    body: JSON.stringify({ firstName: "Ada", email: "ada@example.com", phone: "+12025550143", locationId: emulator.seed.locationId }),
  });
  const { contact } = (await answer.json()) as { readonly contact: { readonly id: string } };
  emulator.act.replyAs(contact.id, "Hi, is it free?", { channel: "sms" });
  return contact.id;
}

describe.skipIf(!hasChromium())("the inbox when something fails", () => {
  let world: AppUnderTest<InboxApp>;
  let page: Page;
  let ada = "";
  beforeAll(async () => {
    world = await openApp(startInbox);
    ada = await createAda(world.emulator);
    page = await world.open();
    await openAda(page);
  });
  afterAll(() => world.close());

  it("keeps what it shows through a minute of 503, says since when, and sends once what was written", async () => {
    const { faults } = world.emulator;
    faults.add({ operation: "*", kind: "error", status: 503 });
    await write(page, "In the outage");
    await bubble(page, "In the outage").waitFor();
    await world.clock.leap(60_000);
    await bubble(page, "In the outage")
      .filter({ hasText: /Waiting for HighLevel|Checking whether it was sent/ })
      .waitFor();
    await page.getByText(/What you see is as of \d\d:\d\d/).waitFor();
    await page.reload();
    await page.locator(".bubble.inbound", { hasText: "Hi, is it free?" }).waitFor();
    await bubble(page, "In the outage").waitFor();
    faults.clear();
    await world.clock.leap(60_000);
    await bubble(page, "In the outage")
      .filter({ hasText: /Sent|Delivered/ })
      .waitFor();
    await page.getByText(/What you see is as of/).waitFor({ state: "hidden" });
    expect(stored(world.emulator, "In the outage")).toBe(1);
  });

  it("catches up without reloading when it was hidden, in the seventh tab too", async () => {
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    const tabs = [page];
    while (tabs.length < 7) {
      await setHidden(tabs.at(-1) ?? page, true);
      const tab = await page.context().newPage();
      await tab.goto(`${world.url}/${new URL(page.url()).search}`);
      tabs.push(tab);
    }
    world.emulator.act.replyAs(ada, "While you slept", { channel: "sms" });
    await (tabs.at(-1) ?? page).locator(".bubble.inbound", { hasText: "While you slept" }).waitFor();
    expect(await page.locator(".bubble.inbound", { hasText: "While you slept" }).count()).toBe(0);
    for (const tab of tabs.slice(1)) await tab.close();
    await setHidden(page, false);
    await page.locator(".bubble.inbound", { hasText: "While you slept" }).waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as { readonly isSamePage?: boolean }).isSamePage)).toBe(true);
  });

  it("asks to reconnect once the connection is revoked, calls no more than it has to, keeps what was typed, and goes on", async () => {
    const { emulator, locationId, clock } = world;
    emulator.oauth.revoke({ locationId });
    emulator.oauth.revoke({ companyId: emulator.seed.companyId });
    const before = emulator.requests(100_000).length;
    await write(page, "After the break");
    await page.getByRole("link", { name: "Reconnect HighLevel" }).waitFor();
    await page.getByRole("textbox", { name: "Text" }).fill("not sent yet");
    await clock.leap(60_000);
    const calls = emulator.requests(100_000).length - before;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(60);
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("not sent yet");
    await world.connect();
    await clock.leap(60_000);
    await bubble(page, "After the break")
      .filter({ hasText: /Sent|Delivered/ })
      .waitFor();
    await page.getByRole("link", { name: "Reconnect HighLevel" }).waitFor({ state: "hidden" });
    expect(await page.getByRole("textbox", { name: "Text" }).inputValue()).toBe("not sent yet");
    expect(stored(emulator, "After the break")).toBe(1);
  });
});

describe.skipIf(!hasChromium())("the inbox in a process that is killed", () => {
  let world: AppUnderTest<AppProcess>;
  beforeAll(async () => {
    world = await openApp(inProcess(new URL("../src/server.ts", import.meta.url), "startInbox"));
    await createAda(world.emulator);
  });
  afterAll(() => world.close());

  it.each([
    { when: "before HighLevel has it", fault: { kind: "latency", delayMs: 600_000 }, text: "Killed before" },
    { when: "after HighLevel has it", fault: { kind: "no-answer", afterEffect: true }, text: "Killed after" },
  ] as const)("sends a message once that it was sending $when, and the page comes back by itself", async ({ fault, text }) => {
    const { emulator, app, clock } = world;
    const page = await world.open();
    await openAda(page);
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    const tries = (): number => emulator.faults.list().reduce((sum, { hits }) => sum + hits, 0);
    emulator.faults.add({ operation: "conversations.sendMessage", ...fault });
    await write(page, text);
    await expect.poll(tries).toBe(1);
    await app.kill();
    await page.getByText("Connecting").waitFor();
    emulator.faults.clear();
    await app.restart();
    await page.getByText("Live").first().waitFor();
    await expect
      .poll(async () => {
        await clock.leap(30_000);
        return bubble(page, text).textContent();
      })
      .toMatch(/Sent|Delivered/);
    expect(stored(emulator, text)).toBe(1);
    expect(await bubble(page, text).count()).toBe(1);
    expect(await page.evaluate(() => (globalThis as unknown as { readonly isSamePage?: boolean }).isSamePage)).toBe(true);
    await page.context().close();
  });
});
