import { connectLocation, hasChromium } from "@ghlkit/app-kit/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chargeIdOf } from "../src/gateway.ts";
import { bill, charge, mails, offer, openWorld, pay, transactionsOf, until, workshop, type World } from "./world.ts";

describe.skipIf(!hasChromium())("payments while HighLevel fails", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  afterEach(async () => {
    world.emulator.faults.clear();
    world.emulator.webhooks.faults.clear();
    // The circuit is closed again.
    await world.clock.leap(60_000);
  });
  const visit = { isVisitor: true } as const;
  const dealStatus = async (quoteId: string): Promise<string | undefined> => {
    const { quotes, location } = world.app.shop(world.locationId);
    const { opportunityId = "" } = (await quotes.get(quoteId)) ?? {};
    return (await location.opportunities.get({ id: opportunityId }, { fresh: true })).opportunity?.status;
  };

  it("keeps a page for a minute of 503, says since when, and does what was asked for once", async () => {
    const { path, id } = await offer(world);
    const page = await world.open(path, visit);
    await page.getByRole("button", { name: "Accept for $100.00" }).waitFor();
    world.emulator.faults.add({ operation: "*", kind: "error", status: 503 });
    await page.getByRole("button", { name: "Accept for $100.00" }).click();
    await page.getByRole("button", { name: "Accepting …" }).waitFor();
    await world.clock.leap(60_000);
    await page
      .getByText(/HighLevel does not answer at the moment|Accepted. The invoice is being made/)
      .first()
      .waitFor();
    await page.getByText(/What you see is as of \d\d:\d\d/).waitFor();
    await page.reload();
    await page.getByText("1 × Workshop").waitFor();
    world.emulator.faults.clear();
    await world.clock.leap(60_000);
    await page.getByText("$100.00 due", { exact: true }).waitFor();
    const { estimateId } = (await world.app.shop(world.locationId).quotes.get(id)) ?? {};
    const made = world.emulator
      .requests()
      .filter(
        ({ operation, status, path: at }) => operation === "invoices.createFromEstimate" && status < 300 && at.includes(estimateId ?? "-"),
      );
    expect(made).toHaveLength(1);
    await page.close();
  });

  it("records a payment once whose answer is lost", async () => {
    const { path, invoiceId } = await bill(world);
    const page = await world.open(path, visit);
    world.emulator.faults.add({ operation: "invoices.recordPayment", kind: "lost-answer", times: 1, afterEffect: true });
    await pay(page);
    await page.getByText(/Paid in full. Thank you.|Checking the payment/).waitFor();
    await world.clock.leap(30_000);
    await page.getByText("Paid in full. Thank you.").waitFor();
    expect(await transactionsOf(world, invoiceId)).toEqual([100_00]);
    await page.close();
  });

  it("stays paid when the CRM cannot be updated, and wins the deal once later", async () => {
    const { path, id } = await bill(world);
    const page = await world.open(path, visit);
    for (const operation of ["opportunities.update", "opportunities.updateStatus"])
      world.emulator.faults.add({ operation, kind: "error", status: 503 });
    const receipts = mails(world, "Your receipt");
    await pay(page);
    await page.getByText("Paid in full. Thank you.").waitFor();
    expect(await dealStatus(id)).toBe("open");
    world.emulator.faults.clear();
    await world.clock.leap(60_000);
    await until(async () => (await dealStatus(id)) === "won");
    await world.app.resume();
    const { opportunityId = "-" } = (await world.app.shop(world.locationId).quotes.get(id)) ?? {};
    const won = world.emulator
      .requests()
      .filter(
        ({ operation = "", status, path: at }) =>
          operation.startsWith("opportunities.update") && status < 300 && at.includes(opportunityId),
      );
    expect(won).toHaveLength(1);
    expect(mails(world, "Your receipt")).toBe(receipts + 1);
    await page.close();
  });

  it("records a payment whose page was closed, though HighLevel refuses a quote of someone else", async () => {
    const { customer, proof, invoiceId } = await bill(world);
    world.emulator.faults.add({
      operation: "contacts.create",
      kind: "error",
      status: 422,
      body: { statusCode: 422, message: ["email must be an email"] },
      times: 1,
    });
    await expect(offer(world)).rejects.toThrow();
    const { attempt: transactionId, ...rest } = await customer.send<{ readonly attempt: string }>("/q/pay", { ...proof, amount: "100.00" });
    await charge(world, { ...rest, transactionId });
    await world.clock.leap(30_000);
    await until(async () => (await transactionsOf(world, invoiceId)).length === 1);
    // The seller sees what does not go on, and why.
    expect((await world.app.shop(world.locationId).flags.list()).map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Quote \w{6} does not go on: /),
    );
    // The answer of the charge was lost: the frame asks once more, when it is recorded.
    expect(await charge(world, { ...rest, transactionId })).toMatchObject({ chargeId: chargeIdOf(transactionId), status: "succeeded" });
    expect(await transactionsOf(world, invoiceId)).toHaveLength(1);
  });

  it("takes no charge for a payment that has ended", async () => {
    const { customer, proof, invoiceId } = await bill(world);
    const { attempts } = world.app.shop(world.locationId);
    const { attempt, ...rest } = await customer.send<{ readonly attempt: string }>("/q/pay", { ...proof, amount: "40.00" });
    await attempts.change(attempt, { end: "left" });
    await charge(world, { ...rest, transactionId: attempt });
    await world.app.resume();
    expect(await world.app.shop(world.locationId).gateway.find(chargeIdOf(attempt))).toBeUndefined();
    expect(await transactionsOf(world, invoiceId)).toEqual([]);
  });

  it("equals HighLevel to the cent after webhooks and answers were lost, doubled and reordered", async () => {
    const { emulator, clock, app, locationId } = world;
    emulator.webhooks.faults.add({ type: "*", kind: "drop", rate: 0.1 });
    emulator.webhooks.faults.add({ type: "*", kind: "duplicate", rate: 0.3 });
    emulator.webhooks.faults.add({ type: "*", kind: "reorder", overtakenBy: 2, rate: 0.3 });
    const bills = [];
    for (const price1 of ["19.99", "0.30", "1250.00"]) bills.push(await bill(world, { price1 }));
    emulator.faults.add({ operation: "invoices.recordPayment", kind: "error", status: 503, rate: 0.4 });
    emulator.faults.add({ operation: "invoices.recordPayment", kind: "lost-answer", rate: 0.4, afterEffect: true });
    for (const { customer, proof } of bills) {
      for (const amount of ["0.10", "0.20"]) {
        const started = await customer.send<{ readonly attempt: string; readonly publishableKey: string }>("/q/pay", { ...proof, amount });
        const { attempt: transactionId, ...rest } = started;
        await charge(world, { ...rest, transactionId });
        await customer.send("/q/check", { ...proof, attempt: transactionId }).catch(() => undefined);
      }
    }
    emulator.faults.clear();
    const { attempts, billing } = app.shop(locationId);
    await until(async () => {
      await clock.leap(15_000);
      return (await attempts.list()).every(({ end }) => end !== undefined);
    });
    for (const { invoiceId } of bills) {
      const own = (await attempts.list()).filter((one) => one.invoiceId === invoiceId && one.end === "recorded");
      const charged = own.reduce((sum, { minor }) => sum + minor, 0);
      expect((await transactionsOf(world, invoiceId)).reduce((sum, minor) => sum + minor, 0)).toBe(charged);
    }
    expect(await billing.ledger({ invoices: bills.map(({ invoiceId }) => invoiceId) })).toMatchObject({ outcome: "balanced" });
  });

  it("asks to reconnect when the token is revoked, keeps what was typed, calls no more than it must, and goes on", async () => {
    const page = await world.open();
    await page.getByRole("button", { name: "+ Quote" }).click();
    for (const [label, text] of [
      ["Customer", workshop.name],
      ["E-mail", workshop.email],
      ["Item 1", "Course"],
      ["Price", "75.00"],
    ] as const)
      await page.getByLabel(label).fill(text);
    world.emulator.oauth.revoke({ locationId: world.locationId });
    world.emulator.oauth.revoke({ companyId: world.emulator.seed.companyId });
    const before = world.emulator.requests(100_000).length;
    await page.getByRole("button", { name: "Send quote" }).click();
    await page.getByRole("link", { name: "Reconnect HighLevel" }).waitFor();
    expect(await page.getByLabel("Item 1").inputValue()).toBe("Course");
    await world.clock.leap(60_000);
    const calls = world.emulator.requests(100_000).length - before;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(60);
    await connectLocation(world.emulator, world.url, world.locationId);
    await world.clock.leap(300_000);
    await page.getByRole("button", { name: "Send quote" }).click();
    await page.getByRole("link", { name: "Customer's page" }).waitFor();
    const quotes = await world.app.shop(world.locationId).quotes.list();
    expect(quotes.filter(({ lines }) => lines[0]?.name === "Course")).toHaveLength(1);
    await page.close();
  });

  it.each(["createCustomProvider", "connectCustomProvider"])(
    "sets the payment provider up once when the answer of %s is lost",
    { timeout: 300_000 },
    async (name) => {
      const lose = (emulator: World["emulator"]) =>
        emulator.faults.add({ operation: `payments.${name}`, kind: "lost-answer", times: 1, afterEffect: true });
      const { emulator, app, clock, locationId, close } = await openWorld(lose);
      try {
        const { payments } = app.shop(locationId).location;
        await expect
          .poll(async () => {
            await clock.leap(30_000);
            return payments.getCustomProviderConfig({}, { fresh: true }).catch(() => undefined);
          })
          .toMatchObject({ paymentProvider: { test: { connected: true } } });
        const done = (operation: string): number => emulator.requests().filter((one) => one.operation === operation).length;
        // Once in each location.
        const { length } = app.backend.locations();
        await expect.poll(() => [done("payments.createCustomProvider"), done("payments.connectCustomProvider")]).toEqual([length, length]);
      } finally {
        await close();
      }
    },
  );
});
