import { hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLeads, type Leads } from "../src/server.ts";

type Emulator = AppUnderTest<Leads>["emulator"];

interface Stage {
  readonly id: string;
  readonly name: string;
}

/** A change of the pipelines in HighLevel's own screens; the API has no operation for it. */
function changePipeline(emulator: Emulator, change: (stages: readonly Stage[]) => readonly Stage[]): void {
  const snapshot = emulator.snapshot();
  const pipelines = (snapshot["pipelines"] ?? []).map((pipeline) => {
    const { stages } = pipeline as unknown as { readonly stages: readonly Stage[] };
    return { ...pipeline, stages: change(stages) };
  });
  emulator.restore({ ...snapshot, pipelines });
}

describe.skipIf(!hasChromium())("the board when its pipeline changes in HighLevel", () => {
  let world: AppUnderTest<Leads>;
  let page: Page;
  beforeAll(async () => {
    world = await openApp(startLeads);
    page = await world.open();
    await addLead("Ada");
  });
  afterAll(() => world.close());

  const addLead = async (name: string): Promise<string> => {
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.getByLabel("First name").fill(name);
    await page.getByLabel("E-mail").fill(`${name.toLowerCase()}@example.com`);
    await page.getByRole("button", { name: "Add lead" }).click();
    const notice = page.getByText(`${name} was added.`);
    await notice.waitFor();
    await page.locator("dialog[open]").waitFor({ state: "hidden" });
    return (await notice.textContent()) ?? "";
  };
  const inLane = (lane: string, person: string, on: Page = page) =>
    on.getByRole("region", { name: lane, exact: true }).getByRole("heading", { name: person, exact: true });
  const [first, second] = ["New lead", "Contacted"];

  it("shows a renamed stage by its new name, with its cards, on a page that is open", async () => {
    changePipeline(world.emulator, (stages) => stages.map((stage) => (stage.name === first ? { ...stage, name: "Fresh" } : stage)));
    await world.clock.leap(61_000);
    await inLane("Fresh", "Ada").waitFor();
    expect(await page.getByRole("region", { name: first, exact: true }).count()).toBe(0);
  });

  it("keeps the cards of a stage that was deleted, and lets them be moved", async () => {
    changePipeline(world.emulator, (stages) => stages.filter(({ name }) => name !== "Fresh"));
    await world.clock.leap(61_000);
    await inLane("Stage is gone", "Ada").waitFor();
    await page.reload();
    await inLane("Stage is gone", "Ada").waitFor();
    await page.getByLabel("Stage of Ada", { exact: true }).selectOption({ label: second });
    await page.getByText(`Ada is in ${second}.`).waitFor();
    await inLane(second, "Ada").waitFor();
    expect(await page.getByRole("region", { name: "Stage is gone" }).count()).toBe(0);
  });

  it("puts a card into a stage that was made just now", async () => {
    changePipeline(world.emulator, (stages) => [...stages, { ...stages[0], id: "stage-made-just-now", name: "Made just now" }]);
    const [card] = await world.app.backend.copy.all("select id from $s.ghl_opportunities where name like '%Ada%'");
    world.emulator.act.moveOpportunity(String(card?.["id"]), { stage: "stage-made-just-now" });
    await inLane("Made just now", "Ada").waitFor();
  });

  it("takes a lead in where no workflow is published, and says that there is no follow-up", async () => {
    const snapshot = world.emulator.snapshot();
    world.emulator.restore({ ...snapshot, workflows: [] });
    expect(await addLead("Wes")).toContain("No follow-up: HighLevel has no published workflow.");
    await page.getByRole("heading", { name: "Wes", exact: true }).waitFor();
  });

  it("says that a pipeline has no stages, and that a location has no pipeline", async () => {
    const snapshot = world.emulator.snapshot();
    changePipeline(world.emulator, () => []);
    await world.clock.leap(61_000);
    await inLane("Stage is gone", "Ada").waitFor();
    world.emulator.restore({ ...world.emulator.snapshot(), opportunities: [] });
    const empty = await world.open();
    world.emulator.restore({ ...world.emulator.snapshot(), pipelines: [] });
    await world.clock.leap(61_000);
    await empty.getByText(/This location has no pipeline\./).waitFor();
    world.emulator.restore(snapshot);
    await world.clock.leap(61_000);
    await empty.getByRole("region", { name: second, exact: true }).waitFor();
    await empty.context().close();
  });
});

describe.skipIf(!hasChromium())("the board under a finger", () => {
  let world: AppUnderTest<Leads>;
  beforeAll(async () => {
    world = await openApp(startLeads, { access: "private", prepare: seedCards });
  });
  afterAll(() => world.close());

  /** More cards than fit on a phone. */
  function seedCards(emulator: Emulator): void {
    const { locationId, pipelineId, stageIds } = emulator.seed;
    const at = "2026-01-01T00:00:00.000Z";
    const snapshot = emulator.snapshot();
    const contacts = Array.from({ length: 20 }, (_, place) => ({
      id: `person-${place}`,
      locationId,
      firstName: `Person ${place}`,
      email: `person${place}@example.com`,
      dateAdded: at,
      dateUpdated: at,
      tags: [],
      additionalEmails: [],
      additionalPhones: [],
    }));
    const opportunities = contacts.map(({ id, firstName }) => ({
      id: `deal-of-${id}`,
      contactId: id,
      locationId,
      name: `Solar: ${firstName}`,
      pipelineId,
      pipelineStageId: stageIds[0],
      status: "open",
      monetaryValue: 0,
      followers: [],
      customFields: [],
      createdBy: { source: "SEED" },
      createdAt: at,
      updatedAt: at,
      lastStatusChangeAt: at,
      lastStageChangeAt: at,
    }));
    emulator.restore({
      ...snapshot,
      contacts: [...(snapshot["contacts"] ?? []), ...contacts] as never,
      opportunities: [...(snapshot["opportunities"] ?? []), ...opportunities] as never,
    });
  }

  /** Events of a drag on the page, and where it stands. */
  const watch = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const seen: string[] = [];
      for (const type of ["dragstart", "drop"]) document.addEventListener(type, () => seen.push(type));
      Object.assign(globalThis, { seen });
    });
  const swipe = async (page: Page, { x = 0, y = 0 }): Promise<void> => {
    const card = await page.getByRole("article").filter({ visible: true }).nth(1).boundingBox();
    if (card === null) throw new Error("There is no card.");
    const from = { x: card.x + card.width / 2, y: card.y + 20 };
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", part: number): Promise<unknown> =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: from.x + x * part, y: from.y + y * part }],
      });
    await touch("touchStart", 0);
    for (let step = 1; step <= 10; step += 1) await touch("touchMove", step / 10);
    await touch("touchEnd", 1);
    await session.detach();
  };
  const read = (page: Page) =>
    page.evaluate(() => ({
      across: document.querySelector(".board")?.scrollLeft ?? 0,
      down: document.documentElement.scrollTop,
      seen: (globalThis as unknown as { readonly seen: readonly string[] }).seen,
    }));
  const moves = (): number => world.emulator.requests(100_000).filter(({ operation }) => operation === "opportunities.update").length;

  it.each([
    { device: "a phone", width: 390, by: { y: -250 }, axis: "down" },
    { device: "a tablet", width: 700, by: { x: -250 }, axis: "across" },
  ] as const)("scrolls on $device, and drags no card", async ({ width, by, axis }) => {
    const page = await world.open("/", { width, hasTouch: true });
    await page.getByRole("article").filter({ visible: true }).nth(1).waitFor();
    expect(await page.getByRole("article").first().getAttribute("draggable")).toBe("false");
    await watch(page);
    await swipe(page, by);
    await expect.poll(async () => (await read(page))[axis]).toBeGreaterThan(50);
    expect((await read(page)).seen).toEqual([]);
    expect(await page.getByRole("region", { name: "New lead" }).getByRole("article").count()).toBe(20);
    expect(moves()).toBe(0);
    await page.context().close();
  });
});
