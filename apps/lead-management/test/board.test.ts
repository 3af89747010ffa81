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
    // One that is open may be about to close.
    await on.keyboard.press("Escape");
    await on.getByRole("button", { name: "+ Lead" }).click();
    for (const [label, value] of Object.entries(values)) await on.locator("dialog[open]").getByLabel(label, { exact: true }).fill(value);
    await on.getByRole("button", { name: "Add lead" }).dblclick();
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

  it("stays open when it is opened again at the moment of its closing", async () => {
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.evaluate(() => {
      const dialog = document.querySelector("dialog[open]");
      const buttonOf = (within: ParentNode | null, text: string) =>
        [...(within?.querySelectorAll("button") ?? [])].find(({ textContent }) => textContent === text);
      return new Promise<void>((resolve) => {
        const again = new MutationObserver(() => {
          again.disconnect();
          buttonOf(document, "+ Lead")?.click();
          // After the event of the closing, and what it sets off.
          setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
        });
        if (dialog !== null) again.observe(dialog, { attributeFilter: ["open"] });
        buttonOf(dialog, "Close")?.click();
      });
    });
    expect(await page.getByLabel("First name").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByLabel("First name").waitFor({ state: "hidden" });
  });

  it("takes a lead in once, however often it is sent, and shows its steps", async () => {
    const before = await counts();
    await addLead(page, { "First name": "Ada", "E-mail": "ada@example.com", Phone: "(202) 555-0143", Interest: "Solar", Value: "1500" });
    const steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
    await expect.poll(() => steps.allTextContents()).toEqual(["Contact done", "Tags done", "Opportunity done", "Follow-up done"]);
    await page.getByText("Ada (+12025550143) was added. Follow-up: ").waitFor();
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
    const ada = lane(page, "Contacted").getByRole("article").filter({ hasText: "Ada" });
    world.emulator.faults.add({ operation: "opportunities.update", kind: "latency", delayMs: 2000, times: 1 });
    const seen = await page.evaluate(async () => {
      const select = [...document.querySelectorAll("label")].find(({ textContent }) => textContent === "Stage of Ada")
        ?.control as HTMLSelectElement;
      const stage = [...select.options].find(({ text }) => text === "Contacted")?.value ?? "";
      select.value = stage;
      select.dispatchEvent(new Event("change"));
      const shown = (): Element | null => document.querySelector("[aria-label=Contacted] .pending[aria-busy=true]");
      let frames = 0;
      for (; shown() === null && frames < 10; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      const card = shown();
      return { frames, border: card === null ? "" : getComputedStyle(card).borderStyle };
    });
    // HighLevel answers after two seconds; the page waits for no answer at all.
    expect(seen).toEqual({ frames: expect.toSatisfy((frames: number) => frames <= 2), border: "dashed" });
    await page.getByText("Ada is in Contacted.").waitFor();
    expect(await ada.getAttribute("aria-busy")).toBe("false");
    await lane(other, "Contacted").getByRole("heading", { name: "Ada", exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await lane(other, "New lead").getByRole("heading", { name: "Ada", exact: true }).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });

  it("puts a refused move back with the reason, leaves another one where it is, and tries again", async () => {
    const other = await world.open();
    await other.getByLabel("Stage of Ada", { exact: true }).selectOption({ label: "Contacted" });
    await other.getByText("Ada is in Contacted.").waitFor();
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
    await page.getByRole("region", { name: "Contacted" }).getByRole("heading", { name: "Ada", exact: true }).waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Bob is in Contacted.").waitFor();
    await other.getByLabel("Stage of Ada", { exact: true }).selectOption({ label: "New lead" });
    await other.getByText("Ada is in New lead.").waitFor();
    await other.context().close();
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

  it("sends no SMS to a person who has opted out, and says so", async () => {
    const location = world.app.backend.location(world.locationId);
    const { contact } = await location.contacts.create({ body: { firstName: "Olga", email: "olga@example.com", phone: "+12025550177" } });
    world.emulator.act.optOut(contact.id, { channel: "sms" });
    // Someone who came in a minute ago may be of a form whose answer was lost.
    await world.clock.leap(61_000);
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.getByLabel("Text messages").selectOption({ label: "Agreed" });
    await addLead(page, { "First name": "Olga", "E-mail": "olga@example.com", Phone: "(202) 555-0177", Interest: "Solar" });
    await page.getByText(/Olga \(\+12025550177\) was here already.*No SMS: the person has opted out\./).waitFor();
    const messages = (world.emulator.snapshot()["messages"] ?? []) as unknown as readonly { readonly contactId?: string }[];
    expect(messages.filter(({ contactId }) => contactId === contact.id)).toEqual([]);
  });

  it("goes by the keyboard alone, and the focus is never lost", async () => {
    const keys = await world.open();
    const focused = (): Promise<string> => keys.evaluate(() => document.activeElement?.tagName ?? "");
    await keys.getByRole("button", { name: "+ Lead" }).focus();
    await keys.keyboard.press("Enter");
    await keys.getByLabel("First name").waitFor();
    await expect.poll(() => keys.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
    for (const text of ["Kay", "", "kay@example.com", "", "Solar"]) {
      await keys.keyboard.type(text);
      await keys.keyboard.press("Tab");
    }
    await keys.keyboard.press("Enter");
    await keys.keyboard.press("Enter");
    await keys.getByText("Kay was added.").waitFor();
    await keys.getByRole("heading", { name: "Kay", exact: true }).waitFor();
    await keys.locator("dialog[open]").waitFor({ state: "hidden" });
    await expect.poll(focused).not.toBe("BODY");
    await keys.getByLabel("Stage of Kay", { exact: true }).focus();
    await keys.keyboard.press("ArrowDown");
    await keys.getByText("Kay is in Contacted.").waitFor();
    await expect.poll(() => keys.evaluate(() => document.activeElement?.id ?? "")).toMatch(/^stage-/);
    await keys.context().close();
  });

  it("is accessible, and stays within 320 px and at 200 %", async () => {
    const shown = await world.open();
    await shown.getByRole("heading", { name: "Ada", exact: true }).waitFor();
    await expectAccessible(shown);
    await shown.getByRole("button", { name: "+ Lead" }).click();
    await expectAccessible(shown);
    await shown.context().close();
  });
});
