import { expectAccessible, hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLeads, type Leads } from "../src/server.ts";

describe.skipIf(!hasChromium())("the board in a browser", () => {
  let world: AppUnderTest<Leads>;
  let page: Page;
  beforeAll(async () => {
    world = await openApp(startLeads);
    page = await world.open();
  });
  afterAll(() => world.close());

  /** Contacts and deals in the emulator. */
  const counts = async (): Promise<{ contacts: number; deals: number }> => {
    const location = world.app.backend.location(world.locationId).with({ fresh: true });
    let [contacts, deals] = [0, 0];
    for await (const _ of location.contacts.search({ body: { pageLimit: 100 } })) contacts += 1;
    for await (const _ of location.opportunities.search({ status: "all", limit: 100 })) deals += 1;
    return { contacts, deals };
  };
  const addLead = async (on: Page, values: Readonly<Record<string, string>>): Promise<void> => {
    if (!(await on.locator("dialog[open]").isVisible())) await on.getByRole("button", { name: "+ Lead" }).click();
    for (const [label, value] of Object.entries(values)) await on.locator("dialog[open]").getByLabel(label, { exact: true }).fill(value);
    await on.getByRole("button", { name: "Add lead" }).click();
  };

  it("says at the field what is wrong, keeps what was typed, and puts the focus there", async () => {
    await addLead(page, { "First name": "Ada", "E-mail": "ada@", Phone: "12" });
    await page.getByText("E-mail is no address").waitFor();
    await page.getByText("Phone is no number").waitFor();
    await page.getByText("Look at the fields that are marked.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("email");
    expect(await page.getByLabel("First name").inputValue()).toBe("Ada");
    await page.keyboard.press("Escape");
  });

  it("takes a lead in once, however often it is sent, and shows its steps", async () => {
    const before = await counts();
    await addLead(page, { "First name": "Ada", "E-mail": "ada@example.com", Phone: "(202) 555-0143", Interest: "Solar", Value: "1500" });
    await page
      .getByRole("button", { name: /Add/ })
      .click({ force: true })
      .catch(() => undefined);
    await page.getByText("Ada (+12025550143) was added.").waitFor();
    await page.getByRole("heading", { name: "Ada", exact: true }).waitFor();
    expect(await counts()).toEqual({ contacts: before.contacts + 1, deals: before.deals + 1 });
  });

  it("recognises a person in another spelling, and makes no second deal of the same interest", async () => {
    const before = await counts();
    await addLead(page, { "First name": "ADA", "E-mail": "ADA@Example.com", Phone: "202-555-0143", Interest: "Solar" });
    await page.getByText("was here already").waitFor();
    expect(await counts()).toEqual(before);
  });

  it("refuses to mix an e-mail of one contact with the phone of another", async () => {
    await addLead(page, { "First name": "Bob", "E-mail": "bob@example.com", Phone: "(202) 555-0150", Interest: "Solar" });
    await page.getByText("Bob (+12025550150) was added.").waitFor();
    await addLead(page, { "First name": "Mixed", "E-mail": "ada@example.com", Phone: "(202) 555-0150", Interest: "Solar" });
    await page.getByText("the e-mail belongs to one contact and the phone to another").waitFor();
    await page.keyboard.press("Escape");
  });

  it("shows a move at once and in the other tab, and takes it back with Undo", async () => {
    const other = await world.open();
    const lane = (on: Page, name: string) => on.getByRole("region", { name });
    await page.getByLabel("Stage of Ada", { exact: true }).selectOption({ label: "Contacted" });
    await page.getByText("Ada is in Contacted.").waitFor();
    await lane(other, "Contacted").getByRole("heading", { name: "Ada", exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await lane(other, "New lead").getByRole("heading", { name: "Ada", exact: true }).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });

  it("puts a refused move back with the reason, and tries again", async () => {
    world.emulator.faults.add({
      operation: "opportunities.update",
      kind: "error",
      status: 422,
      body: { statusCode: 422, message: "No" },
      times: 1,
    });
    await page.getByLabel("Stage of Bob", { exact: true }).selectOption({ label: "Contacted" });
    await page.getByText(/Bob stays where it was/).waitFor();
    await page.getByRole("region", { name: "New lead" }).getByRole("heading", { name: "Bob" }).waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Bob is in Contacted.").waitFor();
  });

  it("lets a move in HighLevel win over one that comes later", async () => {
    const card = (await world.app.backend.copy.all("select id from $s.ghl_opportunities where name like 'Solar: Ada%'"))[0];
    const stages = world.emulator.seed.stageIds;
    world.emulator.webhooks.faults.add({ type: "*", kind: "drop", times: 1 });
    world.emulator.act.moveOpportunity(String(card?.["id"]), { stage: stages[2] ?? "" });
    await page.getByLabel("Stage of Ada", { exact: true }).selectOption({ label: "Contacted" });
    await page.getByText(/Ada was moved to .* in HighLevel meanwhile/).waitFor();
    await page.getByRole("region", { name: "Proposal sent" }).getByRole("heading", { name: "Ada", exact: true }).waitFor();
  });

  it("is accessible, and stays within 320 px", async () => {
    for (const scheme of ["light", "dark"] as const)
      for (const width of [1280, 390, 320]) {
        const shown = await world.open("/", { width, scheme });
        await shown.getByRole("button", { name: "+ Lead" }).waitFor();
        await expectAccessible(shown);
        await shown.getByRole("button", { name: "+ Lead" }).click();
        await expectAccessible(shown);
        await shown.context().close();
      }
  });
});
