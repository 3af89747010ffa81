import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEmulator, type Emulator, type Listening } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { hasChromium, launchChromium } from "@ghlkit/test-servers/chromium";
import { createGhl, type LocationClient } from "ghlkit";
import { createPaymentProvider, keysOfLocation, minorMoney, transactionAmount, type Money } from "../../src/billing/index.ts";

/** A provider's page that pays, declines or closes by a button; it repeats that it is ready until it is asked. */
const framePage = `<!doctype html><title>Pay</title><p id="amount"></p><button id="pay">Pay</button><button id="decline">Decline</button><button id="close">Close</button>
<script>
  let props;
  const post = (message) => parent.postMessage(JSON.stringify(message), "*");
  const timer = setInterval(() => post({ type: "custom_provider_ready", loaded: true }), 50);
  addEventListener("message", ({ data }) => {
    props = JSON.parse(data);
    if (props.type !== "payment_initiate_props") return;
    clearInterval(timer);
    amount.textContent = props.amount + " " + props.currency;
  });
  pay.onclick = async () => {
    const { chargeId } = await (await fetch("/charge", { method: "POST", body: JSON.stringify(props) })).json();
    post({ type: "custom_element_success_response", chargeId });
  };
  decline.onclick = () => post({ type: "custom_element_error_response", error: { description: "Card declined" } });
  window.close.onclick = document.getElementById("close").onclick = () => post({ type: "custom_element_close_response" });
</script>`;

describe.skipIf(!hasChromium())("the hosted invoice page with a provider of ours", { timeout: 300_000 }, () => {
  let browser: Browser;
  let page: Page;
  let emulator: Emulator;
  let platform: Listening;
  let app: Server;
  let location: LocationClient;
  /** What the gateway has charged, by charge: set through its own API in real life. */
  let charges: Map<string, { readonly transactionId: string; readonly amount: Money; readonly isDone: boolean }>;
  let settles: boolean;

  beforeAll(async () => void (browser = await launchChromium()), 60_000);
  afterAll(() => browser?.close());
  beforeEach(async () => {
    charges = new Map();
    settles = true;
    emulator = createEmulator();
    platform = await emulator.listen();
    const { seed } = emulator;
    const ghl = createGhl({ token: seed.tokens.appLocation, location: seed.locationId, baseUrl: platform.url });
    location = ghl.location(seed.locationId);
    const provider = createPaymentProvider({
      keys: keysOfLocation(seed.locationId, { test: "test-key" }),
      expected: transactionAmount(() => location),
      verify: ({ chargeId }) => {
        const charge = charges.get(chargeId);
        return Promise.resolve(
          charge && { ...charge, chargeId, chargedAt: 0, status: charge.isDone || settles ? ("succeeded" as const) : ("pending" as const) },
        );
      },
      journal: createMemoryStorage().journal,
    });
    app = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const body = Buffer.concat(chunks).toString();
        if (incoming.url === "/frame") return void outgoing.writeHead(200, { "content-type": "text/html" }).end(framePage);
        if (incoming.url === "/charge") {
          const { transactionId, amount } = JSON.parse(body) as { readonly transactionId: string; readonly amount: number };
          const chargeId = `ch_${charges.size + 1}`;
          charges.set(chargeId, { transactionId, amount: minorMoney(Math.round(amount * 100), "USD"), isDone: false });
          return void outgoing.end(JSON.stringify({ chargeId }));
        }
        void provider
          .handle(new Request("http://app/query", { method: "POST", body }))
          .then(async (response) => outgoing.writeHead(response.status).end(await response.text()));
      });
    });
    await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
    const own = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    const about = { name: "Pay", description: "d", imageUrl: `${own}/i.png`, supportsSubscriptionSchedule: false };
    await location.payments.createCustomProvider({ body: { ...about, paymentsUrl: `${own}/frame`, queryUrl: `${own}/query` } });
    await location.payments.connectCustomProvider({
      body: { live: { apiKey: "l", publishableKey: "l" }, test: { apiKey: "test-key", publishableKey: "p" } },
    });
    page = await browser.newPage({ viewport: { width: 390, height: 780 } });
  });
  afterEach(async () => {
    await page.close();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
    await platform.close();
  });

  async function open(): Promise<string> {
    const contactDetails = { id: "contact", name: "Ann", phoneNo: "+12025550123", email: "ann@example.com" };
    const items = [{ name: "Check-up", qty: 1, amount: 100.1, currency: "USD" }];
    const body = {
      name: "Bill",
      currency: "USD",
      items,
      contactDetails,
      businessDetails: { name: "Shop" },
      discount: { type: "percentage", value: 0 },
    } as const;
    const { _id: invoiceId } = await location.invoices.create({
      body: { ...body, issueDate: "2026-01-01", dueDate: "2026-01-08", sentTo: { email: [] }, liveMode: false },
    });
    await location.invoices.send({ invoiceId, body: { userId: "user", action: "email", liveMode: false } });
    await page.goto(`${platform.url}/invoice/${invoiceId}`);
    return invoiceId;
  }

  async function choose(button: "pay" | "decline" | "close", amount?: string): Promise<void> {
    if (amount !== undefined) await page.fill("input[name=amount]", amount);
    await page.click("#pay button");
    const frame = page.frameLocator("iframe");
    await frame.locator("#amount:not(:empty)").waitFor();
    await frame.locator(`#${button}`).click();
  }

  test("pays in two parts, on a phone, without sideways scrolling", async () => {
    const invoiceId = await open();
    expect(await page.textContent("main")).toContain("Test mode:");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await choose("pay", "40,10");
    await page.getByText("$60.00 due").waitFor();
    await choose("pay");
    await page.getByText("Paid in full").waitFor();
    expect(await location.invoices.get({ invoiceId })).toMatchObject({ status: "paid", amountPaid: 100.1, amountDue: 0 });
  });

  test("declined and closed are distinguished, and nothing is paid", async () => {
    const invoiceId = await open();
    await choose("decline");
    await page.getByText("Card declined").waitFor();
    await choose("close");
    await page.getByText("The payment was closed. Nothing was paid.").waitFor();
    expect(await location.invoices.get({ invoiceId })).toMatchObject({ status: "sent", amountPaid: 0 });
  });

  test("what the frame says is no payment: the page waits for verify", async () => {
    settles = false;
    const invoiceId = await open();
    await choose("pay");
    await page.getByText("not confirmed yet").waitFor();
    expect(await location.invoices.get({ invoiceId })).toMatchObject({ status: "sent", amountPaid: 0 });
    settles = true;
    await page.getByText("Paid in full").waitFor();
  });
});
