import { forgeWebhook, hasChromium, openApp, setHidden, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLeads, type Leads } from "../src/server.ts";

describe.skipIf(!hasChromium())("the board when something fails", () => {
  let world: AppUnderTest<Leads>;
  let page: Page;
  beforeAll(async () => {
    world = await openApp(startLeads);
    page = await world.open();
    await addLead("Ada", "ada@example.com");
    await page.getByRole("heading", { name: "Ada", exact: true }).waitFor();
  });
  afterAll(() => world.close());

  const addLead = async (name: string, email: string): Promise<void> => {
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.getByLabel("First name").fill(name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Add lead" }).click();
  };
  const contactsNamed = async (email: string): Promise<number> => {
    let count = 0;
    const location = world.app.backend.location(world.locationId).with({ fresh: true });
    for await (const contact of location.contacts.search({ body: { pageLimit: 100, query: email } }))
      if (contact.email === email) count += 1;
    return count;
  };

  it("shows in a form the steps of that form alone, and says when the session is over", async () => {
    const other = await world.open();
    await other.getByRole("button", { name: "+ Lead" }).click();
    await addLead("Eve", "eve@example.com");
    await page.getByText(/^Eve was added/).waitFor();
    await other.getByRole("heading", { name: "Eve", exact: true, includeHidden: true }).waitFor({ state: "attached" });
    expect(await other.locator(".steps .done").count()).toBe(0);
    await other.context().clearCookies();
    await setHidden(other, true);
    await setHidden(other, false);
    await other.getByText("The session has ended. Open the page again").waitFor();
    await other.context().close();
  });

  it("keeps what it shows and what is sent through a minute of 503", async () => {
    const { faults } = world.emulator;
    faults.add({ operation: "*", kind: "error", status: 503 });
    await addLead("Cy", "cy@example.com");
    await page.getByText(/as of \d\d:\d\d/).waitFor();
    await page.getByText("Cy is kept here, and goes into HighLevel as soon as that answers.").waitFor();
    await page.getByRole("heading", { name: "Ada", exact: true }).waitFor();
    faults.clear();
    await world.clock.leap(60_000);
    await page.getByRole("heading", { name: "Cy", exact: true }).waitFor();
    await page.getByText(/as of \d\d:\d\d/).waitFor({ state: "hidden" });
    expect(await contactsNamed("cy@example.com")).toBe(1);
  });

  it("shows the same after webhooks that come twice, late and out of order, and refuses a forged one", async () => {
    const { webhooks, seed } = world.emulator;
    webhooks.faults.add({ type: "*", kind: "duplicate", copies: 2, times: 3 });
    webhooks.faults.add({ type: "*", kind: "delay", delayMs: 2000, times: 1 });
    const [card] = await world.app.backend.copy.all("select id from $s.ghl_opportunities where name like '%Ada%'");
    for (const stage of [seed.stageIds[1], seed.stageIds[2]])
      world.emulator.act.moveOpportunity(String(card?.["id"]), { stage: stage ?? "" });
    await world.clock.leap(10_000);
    await page.getByRole("region", { name: "Proposal sent" }).getByRole("heading", { name: "Ada", exact: true }).waitFor();
    expect(await page.getByRole("heading", { name: "Ada", exact: true }).count()).toBe(1);

    expect(await forgeWebhook(world.url, { type: "OpportunityDelete", locationId: world.locationId, id: card?.["id"] })).toBe(401);
    expect(await page.getByRole("heading", { name: "Ada", exact: true }).count()).toBe(1);
  });

  it("catches up without reloading when it was hidden", async () => {
    const [card] = await world.app.backend.copy.all("select id from $s.ghl_opportunities where name like '%Ada%'");
    await page.evaluate(() => ((globalThis as unknown as { isSamePage: boolean }).isSamePage = true));
    await setHidden(page, true);
    world.emulator.act.moveOpportunity(String(card?.["id"]), { stage: world.emulator.seed.stageIds[0] ?? "" });
    await world.emulator.webhooks.settle();
    await setHidden(page, false);
    await page.getByRole("region", { name: "New lead" }).getByRole("heading", { name: "Ada", exact: true }).waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as { isSamePage?: boolean }).isSamePage)).toBe(true);
  });

  it("works in seven tabs of one browser", async () => {
    const tabs = [page];
    while (tabs.length < 7) {
      await setHidden(tabs.at(-1) ?? page, true);
      const tab = await page.context().newPage();
      await tab.goto(world.url);
      tabs.push(tab);
    }
    const last = tabs.at(-1) ?? page;
    await last.getByLabel("Stage of Ada", { exact: true }).selectOption({ label: "Contacted" });
    await last.getByText("Ada is in Contacted.").waitFor();
    await setHidden(last, true);
    await setHidden(page, false);
    await page.getByRole("region", { name: "Contacted" }).getByRole("heading", { name: "Ada", exact: true }).waitFor();
    for (const tab of tabs.slice(1)) await tab.close();
  });

  it("asks to reconnect once the connection is revoked, calls no more than it has to, keeps what was typed, and goes on", async () => {
    const { emulator, locationId } = world;
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.getByLabel("First name").fill("Dee");
    await page.getByLabel("E-mail").fill("dee@example.com");
    emulator.oauth.revoke({ locationId });
    emulator.oauth.revoke({ companyId: emulator.seed.companyId });
    const before = emulator.requests(100_000).length;
    await page.getByRole("button", { name: "Add lead" }).click();
    await page.getByRole("link", { name: "Reconnect HighLevel" }).waitFor({ state: "attached" });
    await world.clock.leap(60_000);
    const calls = emulator.requests(100_000).length - before;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(60);
    await world.connect();
    await world.clock.leap(30_000);
    await page.getByRole("heading", { name: "Dee", exact: true }).waitFor();
    expect(await contactsNamed("dee@example.com")).toBe(1);
  });
});

describe.skipIf(!hasChromium())("the board with a private token", () => {
  it("says how often it is read again, and shows what changed", async () => {
    const world = await openApp(startLeads, { access: "private" });
    try {
      const page = await world.open();
      await page.getByText("Updates every 15 s").waitFor();
      const location = world.app.backend.location(world.locationId);
      const { contact } = await location.contacts.create({ body: { firstName: "Eve", email: "eve@example.com" } });
      const { pipelineId, stageIds } = world.emulator.seed;
      await location.opportunities.create({
        body: { contactId: contact.id, name: "Solar: Eve", pipelineId, pipelineStageId: stageIds[0] ?? "", status: "open" },
      });
      await world.clock.leap(30_000);
      await page.getByRole("heading", { name: "Eve", exact: true }).waitFor();
    } finally {
      await world.close();
    }
  });
});
