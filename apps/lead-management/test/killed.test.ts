import { hasChromium, inProcess, openApp, type AppProcess, type AppUnderTest } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

describe.skipIf(!hasChromium())("leads in a process that is killed", () => {
  let world: AppUnderTest<AppProcess>;
  beforeAll(async () => {
    world = await openApp(inProcess(new URL("../src/server.ts", import.meta.url), "startLeads"));
  });
  afterAll(() => world.close());

  it("goes on with the steps of a form, repeats none, and the page comes back by itself", async () => {
    const { emulator, app, clock } = world;
    const done = (operation: string): number =>
      emulator.requests(100_000).filter((one) => one.operation === operation && one.status < 300).length;
    const page = await world.open();
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.getByLabel("First name").fill("Ada");
    await page.getByLabel("E-mail").fill("ada@example.com");
    const hold = { operation: "contacts.addToWorkflow", kind: "latency", delayMs: 600_000 } as const;
    emulator.faults.add(hold);
    await page.getByRole("button", { name: "Add lead" }).click();
    await expect.poll(() => done("opportunities.create")).toBe(1);
    await app.kill();
    await page.getByText("Connecting").waitFor();
    await page.getByText("The application does not answer.").waitFor();
    expect(await page.getByLabel("First name").inputValue()).toBe("Ada");
    emulator.faults.clear();
    await app.restart();
    await page.getByText("Live", { exact: false }).first().waitFor();
    await page.getByRole("button", { name: "Add lead" }).click();
    await clock.leap(45_000);
    await expect.poll(() => done("contacts.addToWorkflow")).toBe(1);
    await page.getByRole("heading", { name: "Ada", exact: true }).waitFor();
    expect([done("contacts.create"), done("opportunities.create")]).toEqual([1, 1]);
    const deals = (emulator.snapshot()["opportunities"] ?? []) as unknown as readonly { readonly id: string }[];
    expect(await page.getByRole("article").count()).toBe(deals.length);
    expect(await page.evaluate(() => (globalThis as unknown as { readonly isSamePage?: boolean }).isSamePage)).toBe(true);
  });
});
