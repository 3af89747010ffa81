import { expectAccessible, hasChromium, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLeads, type Leads } from "../src/server.ts";

describe.skipIf(!hasChromium())("board", () => {
  let world: AppUnderTest<Leads>;
  beforeAll(async () => {
    world = await openApp(startLeads);
  });
  afterAll(() => world.close());

  it("takes a lead in, and shows its steps and its card", async () => {
    const page = await world.open();
    await page.screenshot({ path: "/tmp/look/leads.png" });
    await page.getByRole("button", { name: "+ Lead" }).click();
    await page.getByLabel("First name").fill("Ada");
    await page.getByLabel("Phone").fill("(202) 555-0143");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Interest").fill("Solar");
    await page.screenshot({ path: "/tmp/look/leads-form.png" });
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add lead" }).dblclick();
    await page.getByText("Ada (+12025550143) was added.").waitFor();
    await page.screenshot({ path: "/tmp/look/leads-after.png" });
    await page.getByRole("heading", { name: "Ada" }).waitFor();
    await expectAccessible(page);
    expect(world.emulator.snapshot()).toBeDefined();
  });
});
