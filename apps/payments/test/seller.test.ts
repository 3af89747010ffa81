import { expectAccessible, forgeWebhook, hasChromium, setHidden } from "@ghlkit/app-kit/testing";
import { money, readInvoice } from "@ghlkit/crm/billing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bill, invoiceOf, offer, openWorld, sellerOf, transactionsOf, until, type World } from "./world.ts";

describe.skipIf(!hasChromium())("the seller's board", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  // A visitor may send 30 forms a minute: each test has a minute of its own.
  afterEach(() => world.clock.leap(60_000));

  it("makes a quote by its form: what is wrong is said at the field, a double click makes one, and it is mailed once", async () => {
    const page = await world.open();
    await page.getByRole("button", { name: "+ Quote" }).click();
    await page.getByLabel("Customer").fill("Ada Lovelace");
    await page.getByLabel("E-mail").fill("ada");
    await page.getByLabel("Item 1").fill("Sticker");
    await page.getByLabel("Quantity").fill("3");
    await page.getByLabel("Price").fill("1,5");
    await page.getByRole("button", { name: "Send quote" }).click();
    await page.getByText("Price is no amount in USD, such as 1,234.50").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("quote-price1");
    await page.getByLabel("Price").fill("0.10");
    await page.getByRole("button", { name: "Send quote" }).click();
    await page.getByText("E-mail is no e-mail address").waitFor();
    expect(await page.getByLabel("Item 1").inputValue()).toBe("Sticker");
    await page.getByRole("button", { name: "Add item" }).click();
    await page.getByLabel("Item 2").fill("Stamp");
    await page.getByLabel("Price").nth(1).fill("0.20");
    // What is sent is shown: after a reload, too.
    await page.reload();
    await page.getByRole("button", { name: "+ Quote" }).click();
    expect(await page.getByLabel("Item 2").inputValue()).toBe("Stamp");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByRole("button", { name: "Send quote" }).dblclick();
    await page.getByRole("heading", { name: /^Quote .* Ada Lovelace/ }).waitFor();
    await page.getByRole("link", { name: "Customer's page" }).waitFor();
    const { quotes } = world.app.shop(world.locationId);
    expect((await quotes.list()).filter(({ name }) => name === "Ada Lovelace")).toHaveLength(1);
    expect(
      world.emulator.requests().filter(({ operation, status }) => operation === "invoices.createEstimate" && status < 300),
    ).toHaveLength(1);
    await page.close();
  });

  it("changes a line of an invoice, and loses no other field nor what was changed in HighLevel meanwhile", async () => {
    const { invoiceId } = await bill(world, { tax: "10", line2: "Travel", price2: "50" });
    const { location, billing } = world.app.shop(world.locationId);
    const before = await location.invoices.get({ invoiceId }, { fresh: true });
    const page = await world.open(`/?id=${invoiceId}`);
    await page.getByText("Edit items").click();
    const [workshopLine, travel] = readInvoice(before).lines;
    if (workshopLine === undefined || travel === undefined) throw new Error("The invoice has not both lines.");
    await billing.updateInvoice(invoiceId, { lines: [workshopLine, { ...travel, price: money("70", "USD") }] });
    await page.getByText("Total $187.00, due $187.00").waitFor();
    await page.getByLabel("Price").first().fill("120.00");
    await page.getByRole("button", { name: "Save items" }).click();
    await page.getByText("Total $209.00, due $209.00").waitFor();
    const after = await location.invoices.get({ invoiceId }, { fresh: true });
    const { invoiceItems: items = [], ...rest } = before as { readonly invoiceItems?: readonly object[] };
    const changing = {
      total: expect.any(Number),
      amountDue: expect.any(Number),
      updatedAt: expect.any(String),
      totalSummary: expect.any(Object),
      traceId: expect.any(String),
    };
    expect(after).toMatchObject({
      ...rest,
      ...changing,
      invoiceItems: items.map((item, at) => ({ ...item, amount: at === 0 ? 120 : 70, _id: expect.any(String) })),
    });
    await page.close();
  });

  it("voids an invoice, which is then closed to changes", async () => {
    const { invoiceId } = await bill(world);
    const page = await world.open(`/?id=${invoiceId}`);
    await page.getByRole("button", { name: "Void invoice" }).click();
    await page.getByRole("heading", { name: /void$/ }).waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Void invoice" }).count()).toBe(0);
    expect(await invoiceOf(world, invoiceId)).toMatchObject({ status: "void" });
    await page.close();
  });

  it("is the payment provider of HighLevel's own invoice page, and its board shows what was paid there", async () => {
    await world.app.resume();
    const { invoiceId, path } = await bill(world);
    const page = await world.open(path, { isVisitor: true });
    const hosted = await page.context().newPage();
    await hosted.goto(`${world.platformUrl}/invoice/${invoiceId}`);
    await hosted.getByRole("button", { name: "Pay" }).click();
    const frame = hosted.frameLocator("iframe");
    await frame.getByText("TEST MODE").waitFor();
    await frame.getByRole("button", { name: "Pay $100.00" }).click();
    await hosted.getByText("Paid in full. Thank you.").waitFor();
    await page.getByText("Paid in full. Thank you.").waitFor();
    await page.close();
  });

  it("refuses and flags a question with a wrong key, and a charge over a hundred times the amount", async () => {
    await world.app.resume();
    const { invoiceId } = await bill(world);
    const initiated = await fetch(`${world.platformUrl}/payments/custom-provider/initiate/invoice`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ invoiceId }),
    });
    const { transactionId, props } = (await initiated.json()) as {
      readonly transactionId: string;
      readonly props: { readonly publishableKey: string };
    };
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`${world.url}/provider/${world.locationId}/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const charge = { transactionId, amount: 10_000, currency: "usd", card: "4242424242424242" };
    expect((await post("charges", { ...charge, publishableKey: "wrong" })).status).toBe(401);
    expect((await post("charges", { ...charge, publishableKey: props.publishableKey })).status).toBe(200);
    expect((await post("query", { type: "verify", transactionId, chargeId: `ch_${transactionId}`, apiKey: "wrong" })).status).toBe(401);
    const verified = await fetch(`${world.platformUrl}/invoice/${invoiceId}/verify`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ transactionId, chargeId: `ch_${transactionId}` }),
    });
    expect(await verified.json()).toEqual({ status: expect.not.stringContaining("succeeded") });
    expect(await invoiceOf(world, invoiceId)).toEqual({ status: "sent", due: 100 });
    const page = await world.open();
    await page.getByText("A payment was asked about with a wrong key.").waitFor();
    await page.getByText("A charge is over another amount than the payment asks for.").waitFor();
    await page.close();
  });

  it("keeps what belongs to one location from the other, and refuses forged webhooks and foreign forms", async () => {
    const { invoiceId, id } = await bill(world);
    expect(await forgeWebhook(world.url, { type: "InvoicePaid", _id: invoiceId, locationId: world.locationId })).toBe(401);
    expect(await invoiceOf(world, invoiceId)).toMatchObject({ status: "sent" });
    const other = world.emulator.seed.secondLocationId;
    const path = world.app.shop(world.locationId).pathOf(id);
    const elsewhere = await fetch(`${world.url}${path.replace(world.locationId, other)}`, { headers: { accept: "application/json" } });
    expect(await elsewhere.text()).not.toContain("Grace");
    expect((await fetch(`${world.url}/q/accept`, { method: "POST", body: "{}" })).status).toBe(401);
    expect((await fetch(`${world.url}/?id=${invoiceId}`, { redirect: "manual" })).status).toBe(302);
    const csp = (await fetch(`${world.url}${path}`)).headers.get("content-security-policy") ?? "";
    expect(csp).toContain("script-src 'self'");
    expect(csp).not.toContain("unsafe-inline");
    const large = await fetch(`${world.url}/provider/${world.locationId}/charges`, { method: "POST", body: "x".repeat(100_000) });
    expect(large.status).toBe(413);
    const often = await Promise.all(
      Array.from({ length: 31 }, () => fetch(`${world.url}/provider/${world.locationId}/charges`, { method: "POST" })),
    );
    expect(often.map(({ status }) => status)).toContain(429);
  });

  it("catches up when it is shown again, in the seventh tab too", async () => {
    const { invoiceId, path } = await bill(world);
    const first = await world.open(path, { isVisitor: true });
    const tabs = [first];
    for (let count = 1; count < 7; count += 1) {
      await setHidden(tabs.at(-1) ?? first, true);
      const tab = await first.context().newPage();
      await tab.goto(`${world.url}${path}`);
      tabs.push(tab);
    }
    await world.emulator.act.payInvoice(invoiceId, { amount: 100 });
    for (const tab of [tabs.at(-1) ?? first, first]) {
      await setHidden(tab, false);
      await tab.getByText("Paid in full. Thank you.").waitFor();
    }
    expect(await transactionsOf(world, invoiceId)).toEqual([100_00]);
    await first.context().close();
  });

  it("is accessible: empty form, board and invoice", async () => {
    const { id } = await offer(world);
    const page = await world.open(`/?id=${id}`);
    await page.getByText("TEST MODE").waitFor();
    await page.getByRole("button", { name: "+ Quote" }).click();
    await expectAccessible(page);
    const [{ id: invoice } = { id: "" }] = (
      await (await sellerOf(world)).state<{ readonly rows: readonly { readonly id: string; readonly status: string }[] }>()
    ).rows.filter(({ status }) => status === "partially paid");
    await page.goto(`${world.url}/?id=${invoice}`);
    await page.getByText("Edit items").click();
    await expectAccessible(page);
    await until(async () => (await page.title()) !== "");
    await page.close();
  });
});
