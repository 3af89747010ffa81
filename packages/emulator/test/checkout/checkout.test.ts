import { beforeEach, describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/index.ts";
import { createTestClient, type TestClient } from "../test-client.ts";

interface Asked {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let client: TestClient;
let asked: Asked[];
let answer: (body: Asked["body"]) => Response | Promise<Response>;
const events: string[] = [];

async function start(options: EmulatorOptions = {}): Promise<void> {
  asked = [];
  events.length = 0;
  answer = () => Response.json({ success: true });
  client = createTestClient({
    webhooks: {
      deliver: async (request) => {
        const body = (await request.json()) as Asked["body"];
        if (request.url === "https://pay.example/query") {
          asked.push({ url: request.url, body });
          return answer(body);
        }
        events.push(String(body["type"] ?? "?"));
        return new Response();
      },
    },
    ...options,
  });
  client.emulator.webhooks.subscribe({ url: "https://app.example/webhooks" });
  await connect();
}
beforeEach(() => start());

const tenant = () => ({ altId: client.emulator.seed.locationId, altType: "location" });
const query = () => `altId=${client.emulator.seed.locationId}&altType=location`;

async function connect(): Promise<void> {
  const at = `locationId=${client.emulator.seed.locationId}`;
  const token = client.emulator.seed.tokens.appLocation;
  const provider = {
    name: "Pay",
    description: "d",
    paymentsUrl: "https://pay.example/frame",
    queryUrl: "https://pay.example/query",
    imageUrl: "https://pay.example/i.png",
    supportsSubscriptionSchedule: false,
  };
  await client.call("POST", `/payments/custom-provider/provider?${at}`, { body: provider, token });
  const body = { live: { apiKey: "live-key", publishableKey: "live-public" }, test: { apiKey: "test-key", publishableKey: "test-public" } };
  expect((await client.call("POST", `/payments/custom-provider/connect?${at}`, { body, token })).status).toBe(200);
}

async function bill(more: object = {}, isSent = true): Promise<string> {
  const contactDetails = { id: "contact", name: "Ann <b>", phoneNo: "+12025550123", email: "ann@example.com" };
  const lines = [{ name: "Check-up", qty: 2, amount: 50, currency: "USD" }];
  const details = { businessDetails: { name: "Shop" }, currency: "USD", discount: { type: "percentage", value: 0 }, liveMode: true };
  const body = {
    ...tenant(),
    name: "Bill",
    ...details,
    items: lines,
    contactDetails,
    issueDate: "2026-01-01",
    dueDate: "2026-01-08",
    sentTo: { email: [] },
    ...more,
  };
  const { _id: id } = (await client.call("POST", "/invoices/", { body })).body as { _id: string };
  const { liveMode } = body;
  if (isSent) await client.call("POST", `/invoices/${id}/send`, { body: { ...tenant(), userId: "u", action: "email", liveMode } });
  return id;
}

const invoice = async (id: string) => (await client.call("GET", `/invoices/${id}?${query()}`)).body;
const transactions = async (id: string) => (await client.call("GET", `/payments/transactions?${query()}&entityId=${id}`)).body.data;

async function page(path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await client.emulator.fetch(`https://link.fastpaydirect.com${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

const initiate = async (invoiceId: string, amount?: number) =>
  (await page("/payments/custom-provider/initiate/invoice", { invoiceId, ...(amount !== undefined && { amount }) })).json();

describe("the invoice page", () => {
  test("shows lines, sums and what is due, escapes, and is noted as a look without an event", async () => {
    const id = await bill();
    await client.emulator.webhooks.settle();
    events.length = 0;
    const shown = await page(`/invoice/${id}`);
    expect(shown.status).toBe(200);
    for (const text of ["INVOICE 6", "Shop to Ann &lt;b&gt;", "$100.00 due", "Check-up"]) expect(shown.text).toContain(text);
    const csp = shown.headers.get("content-security-policy") ?? "";
    expect(csp).toMatch(/default-src 'none'.*script-src 'nonce-\w+'.*connect-src 'self'/);
    expect(shown.text).not.toMatch(/(src|href)="?https?:/);
    await client.emulator.webhooks.settle();
    expect(events).toEqual([]);
  });

  test("of a draft, a void and an unknown invoice takes no payment", async () => {
    const draft = await bill({}, false);
    expect((await page(`/invoice/${draft}`)).text).toContain("Draft invoice cannot be paid");
    expect(await initiate(draft)).toEqual({ message: "Draft invoice cannot be paid" });
    const gone = await bill();
    await client.call("POST", `/invoices/${gone}/void`, { body: tenant() });
    expect((await page(`/invoice/${gone}`)).text).toContain("This invoice is void");
    expect((await page("/invoice/ffffffffffffffffffffffff")).status).toBe(404);
  });

  test("refuses payments from pages of other origins", async () => {
    const id = await bill();
    const body = { invoiceId: id };
    const foreign = await page("/payments/custom-provider/initiate/invoice", body, {
      origin: "https://evil.example",
      "sec-fetch-site": "cross-site",
    });
    expect(foreign.status).toBe(403);
    expect(await transactions(id)).toEqual([]);
  });
});

describe("a payment with a custom provider", () => {
  test("has its transaction before any charge, and props as recorded", async () => {
    const id = await bill();
    const { transactionId, paymentsUrl, props } = await initiate(id, 40);
    expect(paymentsUrl).toBe("https://pay.example/frame");
    expect(props).toMatchObject({
      type: "payment_initiate_props",
      publishableKey: "live-public",
      amount: 40,
      currency: "usd",
      mode: "payment",
      invoiceId: id,
      orderId: "",
      transactionId,
      contact: { id: "contact", contact: "+12025550123" },
      productDetails: [{ prices: [{ amount: 5000 }] }],
    });
    expect(await transactions(id)).toMatchObject([{ _id: transactionId, status: "pending", amount: 40 }]);
    expect(await invoice(id)).toMatchObject({ status: "sent", amountDue: 100 });
    expect(asked).toEqual([]);
  });

  test("is settled by what the provider answers to verify, and once", async () => {
    const id = await bill();
    const { transactionId } = await initiate(id, 40);
    answer = () => Response.json({ success: false });
    const verify = async () => (await page(`/invoice/${id}/verify`, { transactionId, chargeId: "ch_1" })).json();
    expect(await verify()).toEqual({ status: "pending" });
    answer = () => Response.json({ success: true, chargeSnapshot: { id: "ch_1", status: "succeeded", amount: 4000 } });
    expect(await verify()).toEqual({ status: "succeeded" });
    expect(await verify()).toEqual({ status: "succeeded" });
    expect(asked.map(({ body }) => body)).toEqual(
      Array.from({ length: 2 }, () => ({ type: "verify", transactionId, chargeId: "ch_1", subscriptionId: "", apiKey: "live-key" })),
    );
    expect(await invoice(id)).toMatchObject({ status: "partially_paid", amountPaid: 40, amountDue: 60 });
    await client.emulator.webhooks.settle();
    expect(events.filter((type) => type.startsWith("InvoiceP"))).toEqual(["InvoicePartiallyPaid"]);
  });

  test.each([
    ["another status", () => new Response("no", { status: 500 })],
    ["no JSON", () => new Response("<html>")],
    ["no connection", () => Promise.reject(new Error("refused"))],
    ["a list", () => Response.json([])],
  ] as const)("stays pending when the provider answers with %s", async (_, given) => {
    const id = await bill();
    answer = given;
    expect(await client.emulator.act.payInvoice(id, { chargeId: "ch_1" })).toMatchObject({ status: "pending" });
    expect(await invoice(id)).toMatchObject({ status: "sent", amountPaid: 0 });
  });

  test("fails for { failed: true }, and nothing is paid", async () => {
    const id = await bill();
    answer = () => Response.json({ failed: true });
    expect(await client.emulator.act.payInvoice(id, { chargeId: "ch_1" })).toMatchObject({ status: "failed" });
    expect(await invoice(id)).toMatchObject({ status: "sent", amountPaid: 0 });
  });

  test("uses the keys of the invoice's mode, and says when they are missing", async () => {
    const id = await bill({ liveMode: false });
    await client.emulator.act.payInvoice(id, { chargeId: "ch_1" });
    expect(asked[0]?.body["apiKey"]).toBe("test-key");
    expect((await page(`/invoice/${id}`)).text).toContain("Test mode:");
    const at = `locationId=${client.emulator.seed.locationId}`;
    await client.call("POST", `/payments/custom-provider/disconnect?${at}`, {
      body: { liveMode: true },
      token: client.emulator.seed.tokens.appLocation,
    });
    await expect(client.emulator.act.payInvoice(await bill(), { chargeId: "ch_2" })).rejects.toThrow(
      /no payment provider with keys for this mode/,
    );
  });

  test("offers the cards that the provider keeps, and charges one", async () => {
    const id = await bill();
    answer = ({ type }) =>
      type === "list_payment_methods"
        ? Response.json([{ id: "pm_1", type: "card", title: "Visa", subTitle: "4242", expiry: "12/30", customerId: "c", imageUrl: "" }])
        : Response.json({
            success: true,
            chargeId: "ch_9",
            message: "ok",
            chargeSnapshot: { id: "ch_9", status: "succeeded", amount: 100, chargeId: "ch_9", chargedAt: 1 },
          });
    expect((await page(`/invoice/${id}/methods`)).json()).toMatchObject({ methods: [{ id: "pm_1" }] });
    expect((await page(`/invoice/${id}/charge`, { paymentMethodId: "pm_1" })).json()).toMatchObject({ status: "succeeded" });
    expect(asked.at(-1)?.body).toMatchObject({
      type: "charge_payment",
      paymentMethodId: "pm_1",
      contactId: "contact",
      amount: 100,
      currency: "USD",
      apiKey: "live-key",
    });
    expect(await invoice(id)).toMatchObject({ status: "paid" });
  });

  test("is asked to refund, in parts up to what was paid; the invoice stays paid", async () => {
    const id = await bill();
    const { transactionId } = await client.emulator.act.payInvoice(id, { chargeId: "ch_1" });
    answer = ({ amount }) => Response.json({ success: true, message: "ok", id: "re_1", amount, currency: "USD" });
    expect(await client.emulator.act.refund(transactionId, 30)).toEqual({ transactionId, outcome: "refunded", amountRefunded: 30 });
    expect(asked.at(-1)?.body).toEqual({ type: "refund", amount: 30, transactionId, chargeId: "ch_1", apiKey: "live-key" });
    answer = () => Response.json({ success: false });
    expect(await client.emulator.act.refund(transactionId)).toMatchObject({ outcome: "failed", amountRefunded: 30 });
    await expect(client.emulator.act.refund(transactionId, 70.01)).rejects.toThrow(/not refunded yet: 70/);
    expect(await transactions(id)).toMatchObject([{ amountRefunded: 30 }]);
    expect(await invoice(id)).toMatchObject({ status: "paid", amountPaid: 100 });
  });

  test("a webhook of the provider is accepted, checked, and changes nothing", async () => {
    const id = await bill();
    const { transactionId } = await initiate(id);
    const { locationId } = client.emulator.seed;
    const body = {
      event: "payment.captured",
      locationId,
      apiKey: "live-key",
      chargeId: "ch_1",
      ghlTransactionId: transactionId,
      chargeSnapshot: { status: "succeeded" },
    };
    const post = async (change: object = {}) => {
      const { status, json } = await page("/payments/custom-provider/webhook", { ...body, ...change });
      return { status, ...json() };
    };
    expect(await post()).toMatchObject({ status: 200, success: true, traceId: expect.any(String) });
    expect(await invoice(id)).toMatchObject({ status: "sent" });
    expect(await post({ apiKey: "wrong" })).toMatchObject({ status: 401 });
    expect(await post({ chargeId: "" })).toMatchObject({ status: 400, message: "chargeId should not be empty" });
    expect(await post({ event: "payment.lost" })).toMatchObject({ status: 400 });
  });
});

describe("what customers and staff do", () => {
  test("a card pays at once, a bank debit when it arrives", async () => {
    const id = await bill();
    expect(await client.emulator.act.payInvoice(id, { amount: 30 })).toMatchObject({ status: "succeeded" });
    const debit = await client.emulator.act.payInvoice(id, { by: "bank_debit" });
    expect(await invoice(id)).toMatchObject({ status: "payment_processing", amountDue: 70 });
    expect(client.emulator.act.settlePayment(debit.transactionId, "failed")).toMatchObject({ status: "failed" });
    expect(await invoice(id)).toMatchObject({ status: "partially_paid", amountDue: 70 });
    const second = await client.emulator.act.payInvoice(id, { by: "bank_debit" });
    client.emulator.act.settlePayment(second.transactionId, "succeeded");
    expect(await invoice(id)).toMatchObject({ status: "paid", amountDue: 0 });
    await expect(client.emulator.act.payInvoice(id, { amount: 1 })).rejects.toThrow(/at most what is due: 0/);
  });

  test("an order is paid in parts, and is refunded when all of it is", async () => {
    const [order] = (await client.call("GET", `/payments/orders?${query()}&paymentStatus=unpaid`)).body.data as { _id: string }[];
    const orderId = order?._id ?? "";
    const read = async () => (await client.call("GET", `/payments/orders/${orderId}?${query()}`)).body;
    const first = await client.emulator.act.payOrder(orderId, { amount: 20.5 });
    const rest = await client.emulator.act.payOrder(orderId);
    expect(await read()).toMatchObject({ status: "completed" });
    expect(await transactions(orderId)).toMatchObject([{ amount: 20.5 }, { amount: 99.5 }]);
    await client.emulator.act.refund(first.transactionId);
    await client.emulator.act.refund(rest.transactionId);
    const refunded = (await client.call("GET", `/payments/orders?${query()}&paymentStatus=refunded`)).body.data;
    expect(refunded).toMatchObject([{ _id: orderId }]);
  });

  test("over HTTP", async () => {
    const id = await bill();
    const act = (path: string, body: object) => page(`/_emulator/act/${path}`, body);
    const paid = (await act("payInvoice", { invoiceId: id, amount: 10 })).json();
    expect(paid).toMatchObject({ status: "succeeded" });
    expect((await act("refund", { transactionId: paid.transactionId, amount: 4 })).json()).toMatchObject({ amountRefunded: 4 });
    expect((await act("payInvoice", { invoiceId: id, amount: -1 })).status).toBe(400);
    expect((await act("payOrder", { orderId: "missing" })).json()).toEqual({ message: "There is no order missing." });
    expect((await act("settlePayment", { transactionId: "missing", status: "failed" })).status).toBe(400);
  });
});
