import { expectAccessible, hasChromium, sendTogether } from "@ghlkit/app-kit/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bill, charge, invoiceOf, mails, offer, openWorld, pay, sellerOf, transactionsOf, until, type World } from "./world.ts";

describe.skipIf(!hasChromium())("the customer's page", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  // A visitor may send 30 forms a minute: each test has a minute of its own.
  afterEach(() => world.clock.leap(60_000));
  const visit = { isVisitor: true } as const;

  it.each([
    { what: "3 × 0.10", form: { quantity1: "3", price1: "0.10" }, total: "$0.30", due: 0.3 },
    { what: "tax and discount", form: { price1: "19.99", tax: "8.25", discount: "10" }, total: "$19.47", due: 19.47 },
    { what: "yen", form: { price1: "1500", currency: "JPY", quantity1: "2" }, total: "¥3,000", due: 3000 },
  ])("shows $what as HighLevel counts it", async ({ form, total, due }) => {
    const { path, invoiceId } = await bill(world, form);
    const page = await world.open(path, visit);
    await page.getByText(`${total} due`, { exact: true }).waitFor();
    expect(await invoiceOf(world, invoiceId)).toEqual({ status: "sent", due });
    await page.close();
  });

  it("offers nothing that costs nothing: such an invoice could not be paid", async () => {
    await expect(offer(world, { price1: "0" })).rejects.toThrow("Nothing would be left to pay");
    await expect(offer(world, { discount: "100" })).rejects.toThrow("Nothing would be left to pay");
  });

  it("accepts once, from two tabs and by double click, and keeps the deposit", async () => {
    const { path, id } = await offer(world, { deposit: "40.00" });
    const [one, two] = [await world.open(path, visit), await world.open(path, visit)];
    const accept = { name: "Accept for $100.00" };
    await sendTogether([one, two], "/q/accept", (page) => page.getByRole("button", accept).dblclick());
    await Promise.all([one, two].map((page) => page.getByText("$100.00 due", { exact: true }).waitFor()));
    expect(await one.getByLabel("Amount in USD").inputValue()).toBe("40.00");
    const made = world.emulator
      .requests()
      .filter(({ operation, path: at, status }) => operation === "invoices.createFromEstimate" && status < 300 && at !== undefined);
    const quote = await world.app.shop(world.locationId).quotes.get(id);
    expect(made.filter(({ path: at }) => at.includes(quote?.estimateId ?? "-"))).toHaveLength(1);
    await one.goBack();
    await one.goForward();
    await one.getByText("$100.00 due", { exact: true }).waitFor();
    await Promise.all([one.close(), two.close()]);
  });

  it("says that a quote has expired; asked for again and renewed, it can be accepted", async () => {
    const { path, id } = await offer(world, { days: "1" });
    await world.app.shop(world.locationId).quotes.change(id, { validUntil: world.clock.now() - 1000 });
    const page = await world.open(path, visit);
    await page.getByText(/^It expired on/).waitFor();
    await page.getByRole("button", { name: "Ask for a new one" }).click();
    await page.getByText(/You have asked for a new one/).waitFor();
    const seller = await world.open(`/?id=${id}`);
    await seller.getByText("renewal asked").first().waitFor();
    await seller.getByRole("button", { name: "Renew for 14 days" }).click();
    await page.getByRole("button", { name: "Accept for $100.00" }).waitFor();
    await Promise.all([page.close(), seller.close()]);
  });

  it("is paid when the gateway says so, not when the frame does; receipt, won deal and tag come once", async () => {
    const { path, invoiceId, id } = await bill(world);
    const page = await world.open(path, visit);
    await page.getByRole("button", { name: "Pay", exact: true }).dblclick();
    await page.frameLocator("iframe").getByLabel("Test card").waitFor();
    const frame = page.frames().find((one) => one.url().includes("/pay-frame/")) ?? page.mainFrame();
    await frame.evaluate(() =>
      parent.postMessage(JSON.stringify({ type: "custom_element_success_response", chargeId: "ch_made_up" }), "*"),
    );
    await page.getByText("Checking the payment …").waitFor();
    expect(await transactionsOf(world, invoiceId)).toEqual([]);
    await page.reload();
    await pay(page);
    await page.getByText("Paid in full. Thank you.").waitFor();
    const [transaction] = await world.app
      .shop(world.locationId)
      .backend.copy.all("select id from $s.ghl_transactions where entity_id = ?1", [invoiceId]);
    const receipt = page.getByText(/^Transaction /);
    const shown = await receipt.textContent();
    expect(transaction === undefined || shown === `Transaction ${String(transaction["id"])}`).toBe(true);
    await page.getByText("Europe/Berlin (UTC+1)").waitFor();
    await page.getByRole("button", { name: "Print or save as PDF" }).waitFor();
    await page.reload();
    expect(await receipt.textContent()).toBe(shown);
    const quote = await world.app.shop(world.locationId).quotes.get(id);
    const { location } = world.app.shop(world.locationId);
    await until(
      async () => (await location.opportunities.get({ id: quote?.opportunityId ?? "" }, { fresh: true })).opportunity?.status === "won",
    );
    await until(
      async () =>
        (await location.contacts.get({ contactId: quote?.contactId ?? "" }, { fresh: true })).contact?.tags?.includes("customer") === true,
    );
    // InvoicePaid again, and late events of before: nothing is repeated.
    world.emulator.webhooks.trigger("InvoicePaid", { _id: invoiceId });
    world.emulator.webhooks.trigger("InvoicePartiallyPaid", { _id: invoiceId, status: "partially_paid" });
    await world.emulator.webhooks.settle();
    await world.app.resume();
    expect(mails(world, "Your receipt")).toBe(1);
    expect(await page.getByText("Paid in full. Thank you.").isVisible()).toBe(true);
    await page.close();
  });

  it("records nothing of a card that is declined, a frame that is closed, and a bank that takes its time; what the bank clears later is recorded", async () => {
    const { path, invoiceId } = await bill(world);
    const page = await world.open(path, visit);
    await pay(page, { card: "4000000000000002" });
    await page.getByText("The card was declined. Nothing was paid.").waitFor();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.frameLocator("iframe").getByRole("button", { name: "Cancel" }).click();
    await page.getByText("The payment was closed. Nothing was paid.").waitFor();
    await pay(page, { card: "4000000000003220" });
    await page.getByText(/Your bank is checking the payment. Nothing is recorded yet/).waitFor();
    expect(await transactionsOf(world, invoiceId)).toEqual([]);
    // Opened again, the page does not ask for the money a second time.
    await page.reload();
    await page.getByText(/Your bank is checking the payment. Nothing is recorded yet/).waitFor();
    expect(await page.getByRole("button", { name: "Pay", exact: true }).count()).toBe(0);
    await world.clock.leap(61_000);
    await page.getByText("Paid in full. Thank you.").waitFor();
    expect(await transactionsOf(world, invoiceId)).toEqual([100_00]);
    await page.close();
  });

  it("takes a part, then the rest, and never more than is due", async () => {
    const { path, invoiceId } = await bill(world);
    const page = await world.open(path, visit);
    await page.getByLabel("Amount in USD").fill("100.01");
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.getByText("is more than the $100.00 that are due").waitFor();
    await pay(page, { amount: "40.00" });
    await page.getByText("Partially paid: $60.00 due of $100.00").waitFor();
    const lower = (await sellerOf(world)).send("/invoices/edit", { id: invoiceId, price0: "39.99" });
    await expect(lower).rejects.toThrow("$40.00 were paid already: the total cannot be less.");
    await pay(page);
    await page.getByText("Paid in full. Thank you.").waitFor();
    expect(await transactionsOf(world, invoiceId)).toEqual(expect.arrayContaining([40_00, 60_00]));
    await page.close();
  });

  it("is paid once when two devices pay the rest: the other one gets its money back", async () => {
    const { path, invoiceId, proof, customer } = await bill(world);
    const pages = [await world.open(path, visit), await world.open(path, { ...visit, width: 390 })];
    const begin = (): Promise<{ readonly attempt: string }> => customer.send("/q/pay", { ...proof, amount: "100.00" });
    const begun = [await begin(), await begin()];
    await Promise.all(begun.map(({ attempt, ...started }) => charge(world, { ...started, transactionId: attempt })));
    const check = ({ attempt }: { readonly attempt: string }): Promise<{ readonly standing: string }> =>
      customer.send("/q/check", { ...proof, attempt });
    await until(async () => {
      const standings = (await Promise.all(begun.map(check))).map(({ standing }) => standing);
      return standings.toSorted((one, other) => one.localeCompare(other)).join() === "paid,refunded";
    });
    await Promise.all(pages.map((page) => page.getByText("Paid in full. Thank you.").waitFor()));
    expect(await transactionsOf(world, invoiceId)).toEqual([100_00]);
    await Promise.all(pages.map((page) => page.close()));
  });

  it("closes when the invoice is voided meanwhile", async () => {
    const { path, invoiceId } = await bill(world);
    const page = await world.open(path, visit);
    await page.getByRole("button", { name: "Pay", exact: true }).waitFor();
    await (await sellerOf(world)).send("/invoices/void", { id: invoiceId });
    await page.getByText("This invoice was cancelled. There is nothing to pay.").waitFor();
    expect(await page.getByRole("button", { name: "Pay", exact: true }).count()).toBe(0);
    await page.close();
  });

  it("goes by the keyboard alone, and the focus is never lost", async () => {
    const { path } = await offer(world);
    const page = await world.open(path, visit);
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.tagName ?? "");
    await page.getByRole("button", { name: "Accept for $100.00" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("$100.00 due", { exact: true }).waitFor();
    await expect.poll(focused).not.toBe("BODY");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.frameLocator("iframe").getByLabel("Test card").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Paid in full. Thank you.").waitFor();
    await expect.poll(focused).not.toBe("BODY");
    await page.close();
  });

  it("is accessible at each step, and always says TEST MODE", async () => {
    const offered = await offer(world);
    const page = await world.open(offered.path, visit);
    const check = async (): Promise<void> => {
      await expectAccessible(page);
      expect(await page.getByText("TEST MODE").first().isVisible()).toBe(true);
    };
    await check();
    await page.getByRole("button", { name: "Accept for $100.00" }).click();
    await page.getByRole("button", { name: "Pay", exact: true }).waitFor();
    await check();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.frameLocator("iframe").getByText("TEST MODE").waitFor();
    await check();
    await page.frameLocator("iframe").getByRole("button", { name: /^Pay / }).click();
    await page.getByText("Paid in full. Thank you.").waitFor();
    await check();
    await page.close();
  });

  it("shows nothing to a link that is not valid", async () => {
    const { path } = await offer(world);
    const page = await world.open(`${path.slice(0, -4)}AAAA`, visit);
    await page.getByText("This link is not valid. Ask for a new one.").waitFor();
    expect(await page.content()).not.toContain("Grace");
    await page.close();
  });
});
