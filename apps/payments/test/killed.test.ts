import { openPerson } from "@ghlkit/app-kit/story";
import { hasChromium, inProcess, openApp, type AppProcess, type AppUnderTest } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SellerState } from "../src/view.ts";
import { pay, until, workshop } from "./world.ts";

describe.skipIf(!hasChromium())("payments in a process that is killed", () => {
  let world: AppUnderTest<AppProcess>;
  beforeAll(async () => {
    world = await openApp(inProcess(new URL("../src/server.ts", import.meta.url), "startPayments"), { access: "private" });
  });
  afterAll(() => world.close());

  const done = (operation: string): number =>
    world.emulator.requests().filter((one) => one.operation === operation && one.status < 300).length;

  it("goes on where it was: one invoice, one payment, and the page comes back by itself", async () => {
    const { emulator, app, url, locationId } = world;
    const seller = await openPerson(url, await app.served.link(locationId));
    const { id } = await seller.send<{ readonly id: string }>("/quotes", workshop);
    const { link = "" } = await seller.state<SellerState>(`/?id=${id}`);
    const page = await world.open(link, { isVisitor: true });
    emulator.faults.add({ operation: "invoices.send", kind: "latency", delayMs: 60_000 });
    await page.getByRole("button", { name: "Accept for $100.00" }).click();
    await until(() => done("invoices.createFromEstimate") === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await app.kill();
    emulator.faults.clear();
    await app.restart();
    await page.getByText("$100.00 due", { exact: true }).waitFor();
    expect(done("invoices.createFromEstimate")).toBe(1);
    await pay(page);
    await page.getByText("Paid in full. Thank you.").waitFor();
    expect(done("invoices.recordPayment")).toBe(1);
  });
});
