import { beforeEach, describe, expect, test } from "vitest";
import { contactDetails, createInvoiceClient, dates, lines, type InvoiceClient } from "./invoice-client.ts";

let client: InvoiceClient;
beforeEach(() => void (client = createInvoiceClient()));

const put = (id: string, more: object = {}) =>
  client.call("PUT", `/invoices/${id}`, {
    body: { ...client.tenant, name: "Bill", currency: "USD", invoiceItems: lines, ...dates, ...more },
  });
const remove = (id: string) => client.call("DELETE", `/invoices/${id}?altId=${client.tenant.altId}&altType=location`);
const send = (id: string) => client.act(id, "send", { userId: "user", action: "email", liveMode: true });

/** Each refusal: what is done to a sent invoice over 80, and how it is answered. */
const refusals: readonly (readonly [string, (id: string) => Promise<{ status: number; body: unknown }>, number, unknown])[] = [
  ["more than is due", (id) => client.pay(id, 80.01), 400, "The amount must be between 0 and the amount due, 80"],
  ["nothing", (id) => client.pay(id, 0), 400, "The amount must be greater than 0"],
  ["a paid one again", async (id) => (await client.pay(id), client.pay(id, 1)), 400, "A paid invoice cannot be paid"],
  ["a void one", async (id) => (await client.act(id, "void"), client.pay(id, 1)), 400, "A void invoice cannot be paid"],
  ["an edit of a paid one", async (id) => (await client.pay(id), put(id)), 400, "A paid invoice cannot be edited"],
  ["an edit of a void one", async (id) => (await client.act(id, "void"), put(id)), 400, "A void invoice cannot be edited"],
  [
    "another contact of a partially paid one",
    async (id) => (await client.pay(id, 1), put(id, { contactDetails: { ...contactDetails, id: "other" } })),
    400,
    "The contact of a partially paid invoice cannot be changed",
  ],
  ["a taken number", (id) => put(id, { invoiceNumber: "1" }), 400, "An invoice with the number 1 already exists"],
  ["voiding a paid one", async (id) => (await client.pay(id), client.act(id, "void")), 400, "A paid invoice cannot be voided"],
  ["voiding twice", async (id) => (await client.act(id, "void"), client.act(id, "void")), 400, "A void invoice cannot be voided"],
  ["sending a void one", async (id) => (await client.act(id, "void"), send(id)), 400, "A void invoice cannot be sent"],
  ["sending a paid one", async (id) => (await client.pay(id), send(id)), 400, "A paid invoice cannot be sent"],
  ["deleting a paid one", async (id) => (await client.pay(id), remove(id)), 400, "A paid invoice cannot be deleted"],
  ["deleting a partially paid one", async (id) => (await client.pay(id, 1), remove(id)), 400, "A partially_paid invoice cannot be deleted"],
  [
    "a bad phone",
    () => client.create({ contactDetails: { ...contactDetails, phoneNo: "call me" } }),
    422,
    ["contactDetails.phoneNo must be a valid phone number"],
  ],
  ["no business details", () => client.create({ businessDetails: undefined }), 422, ["businessDetails should not be empty"]],
  [
    "an unknown way of paying",
    (id) => client.pay(id, 1, { mode: "gold" }),
    422,
    ["mode must be one of the following values: cash, card, cheque, bank_transfer, other"],
  ],
];

describe("invoices refuse", () => {
  test.each(refusals)("%s", async (_, attempt, status, message) => {
    const answer = await attempt(await client.sent());
    expect([answer.status, (answer.body as { message: unknown }).message]).toEqual([status, message]);
  });
});

describe("invoices take", () => {
  test("payments without notes, by each way with its own details alone", async () => {
    const id = await client.sent();
    for (const more of [
      {},
      { mode: "cheque", cheque: { number: "7" } },
      { mode: "card", card: { brand: "visa", last4: "4242" } },
      { paymentScheduleIds: [], meta: {} },
    ]) {
      expect((await client.pay(id, 0.1, more)).status).toBe(200);
    }
    expect(await client.read(id)).toMatchObject({ amountPaid: 0.4, amountDue: 79.6 });
  });

  test("edits while partially paid, whose payments stay", async () => {
    const id = await client.sent();
    await client.pay(id, 30);
    expect((await put(id, { invoiceItems: [{ ...lines[0], qty: 3 }] })).body).toMatchObject({
      status: "partially_paid",
      total: 120,
      amountPaid: 30,
      amountDue: 90,
    });
  });

  test("dates of payment in the past", async () => {
    const id = await client.sent();
    await client.pay(id, 1, { fulfilledAt: "2026-01-02T03:04:05.006Z" });
    const { body } = await client.call("GET", `/payments/transactions?altId=${client.tenant.altId}&altType=location&entityId=${id}`);
    expect(body.data).toMatchObject([{ fulfilledAt: "2026-01-02T03:04:05.006Z", amount: 1, status: "succeeded" }]);
  });

  test("numbers that count on after a deletion, as text", async () => {
    const { _id: id, invoiceNumber } = (await client.create()).body;
    expect(invoiceNumber).toBe("6");
    expect((await remove(id)).body).toMatchObject({ _id: id });
    expect((await client.create()).body.invoiceNumber).toBe("7");
    const generated = await client.call("GET", `/invoices/generate-invoice-number?altId=${client.tenant.altId}&altType=location`);
    expect(generated.body).toMatchObject({ invoiceNumber: "8" });
    expect((await client.create()).body.invoiceNumber).toBe("8");
  });
});

test("events: one for each change, none for a look", async () => {
  const id = await client.sent();
  await client.pay(id, 30);
  await client.pay(id);
  await client.call("PATCH", "/invoices/stats/last-visited-at", { body: { ...client.tenant, invoiceId: id } });
  const gone = (await client.create()).body._id as string;
  await client.act(gone, "void");
  await remove(gone);
  expect(await client.events()).toEqual([
    "InvoiceCreate",
    "InvoiceSent",
    "InvoicePartiallyPaid",
    "InvoicePaid",
    "InvoiceCreate",
    "InvoiceVoid",
    "InvoiceDelete",
  ]);
  client.emulator.webhooks.faults.add({ type: "*", kind: "redundant-pair" });
  await client.pay(await client.sent());
  expect(await client.events()).toEqual(["InvoiceCreate", "InvoiceSent", "InvoiceUpdate", "InvoicePaid", "InvoiceUpdate"]);
});

describe("a switch decides", () => {
  const using = (commerce: object): void => void (client = createInvoiceClient({ commerce }));

  test("what becomes of an overpayment", async () => {
    using({ overpayment: "cap" });
    const capped = await client.sent();
    expect((await client.pay(capped, 100)).body.invoice).toMatchObject({ status: "paid", amountPaid: 80, amountDue: 0 });
    using({ overpayment: "accept" });
    const over = await client.sent();
    expect((await client.pay(over, 100)).body.invoice).toMatchObject({ status: "paid", amountPaid: 100, amountDue: 0 });
  });

  test("whether drafts are paid, and what a payment needs", async () => {
    using({ draftPayment: "refuse", paymentNotes: "required", cashNeedsCard: "yes" });
    const { _id: draft } = (await client.create()).body;
    expect((await client.pay(draft, 1)).body.message).toBe("A draft invoice cannot be paid");
    const id = await client.sent();
    expect(await client.pay(id, 1)).toMatchObject({
      status: 422,
      body: { message: ["notes should not be empty", "card should not be empty"] },
    });
    expect((await client.pay(id, 1, { notes: "", card: { brand: "x", last4: "1" } })).status).toBe(200);
  });

  test("numbers", async () => {
    using({ duplicateInvoiceNumber: "accept", numberAfterDelete: "reuse" });
    expect((await client.create({ invoiceNumber: "1" })).status).toBe(200);
    await remove((await client.create()).body._id);
    expect((await client.create()).body.invoiceNumber).toBe("6");
    using({ generatedNumber: "reserved" });
    const generate = () => client.call("GET", `/invoices/generate-invoice-number?altId=${client.tenant.altId}&altType=location`);
    expect([
      (await generate()).body.invoiceNumber,
      (await generate()).body.invoiceNumber,
      (await client.create()).body.invoiceNumber,
    ]).toEqual(["6", "7", "8"]);
  });

  test("what may be voided and deleted", async () => {
    using({ voidPaid: "accept", voidPartiallyPaid: "refuse", deleteInvoice: "draft" });
    const id = await client.sent();
    expect((await remove(id)).body.message).toBe("A sent invoice cannot be deleted");
    await client.pay(id, 1);
    expect((await client.act(id, "void")).body.message).toBe("A partially_paid invoice cannot be voided");
    await client.pay(id);
    expect((await client.act(id, "void")).body).toMatchObject({ status: "void" });
    using({ deleteInvoice: "any" });
    const paid = await client.sent();
    await client.pay(paid);
    expect((await remove(paid)).status).toBe(200);
  });

  test("the form of a created invoice, and whether text2pay needs a user", async () => {
    using({ createAnswer: "wrapped", textToPayUser: "optional" });
    const created = (await client.create()).body;
    expect(Object.keys(created).filter((name) => name !== "traceId")).toEqual(["invoice"]);
    expect(created.invoice).toMatchObject({ total: 80 });
    const textToPay = (one: InvoiceClient) =>
      one.call("POST", "/invoices/text2pay", {
        body: {
          ...one.tenant,
          name: "Bill",
          currency: "USD",
          items: lines,
          contactDetails,
          issueDate: "2026-01-01",
          sentTo: { email: [] },
          liveMode: true,
          action: "draft",
        },
      });
    expect((await textToPay(client)).status).toBe(200);
    expect(await textToPay(createInvoiceClient())).toMatchObject({ status: 422, body: { message: ["userId should not be empty"] } });
  });

  test("sums", async () => {
    const taxed = [
      { name: "a", qty: 3, amount: 0.335, currency: "USD", taxes: [{ _id: "t", name: "T", rate: 10 }] },
      { name: "b", qty: 1, amount: 0.335, currency: "USD" },
    ];
    const total = async (commerce: object, more: object) => {
      using(commerce);
      return (await client.create(more)).body.total as number;
    };
    expect(await total({}, { items: taxed })).toBe(1.44);
    expect(await total({ rounding: "per-line" }, { items: taxed })).toBe(1.45);
    const discount = { type: "percentage", value: 50 };
    const ten = [{ name: "a", qty: 1, amount: 100, currency: "USD", taxes: [{ _id: "t", name: "T", rate: 10 }] }];
    expect([await total({}, { items: ten, discount }), await total({ discountOrder: "after-tax" }, { items: ten, discount })]).toEqual([
      55, 60,
    ]);
    const yen = { currency: "JPY", items: [{ name: "a", qty: 1, amount: 99.5, currency: "JPY" }] };
    expect([await total({}, yen), await total({ zeroDecimals: "cents" }, yen)]).toEqual([100, 99.5]);
  });

  test("whom the least part binds", async () => {
    const settings = { minimumPercentagePartialPayment: 50 };
    client.emulator.act.changeInvoiceSettings(client.tenant.altId, settings);
    const id = await client.sent();
    await expect(client.emulator.act.payInvoice(id, { amount: 39.99 })).rejects.toThrow(
      "A partial payment is at least 50 per cent of the total.",
    );
    expect((await client.pay(id, 1)).status).toBe(200);
    using({ partialMinimum: "everyone" });
    client.emulator.act.changeInvoiceSettings(client.tenant.altId, settings);
    const bound = await client.sent();
    expect((await client.pay(bound, 39.99)).body.message).toBe("A partial payment is at least 50 per cent of the total");
    expect((await client.pay(bound, 40)).status).toBe(200);
    expect(() => client.emulator.act.changeInvoiceSettings(client.tenant.altId, { sender: 1 } as never)).toThrow(/cannot be set/);
  });

  test("nothing that there is not", () => {
    expect(() => createInvoiceClient({ commerce: { overpayment: "perhaps" } as never })).toThrow(
      "commerce.overpayment is refuse, cap, accept.",
    );
    expect(() => createInvoiceClient({ commerce: { overPayment: "cap" } as never })).toThrow(/no switch overPayment/);
  });
});

describe("estimates", () => {
  const estimate = (more: object = {}) =>
    client.call("POST", "/invoices/estimate", {
      body: {
        ...client.tenant,
        name: "Offer",
        businessDetails: { name: "Shop" },
        currency: "USD",
        items: lines,
        discount: { type: "fixed", value: 10 },
        contactDetails,
        issueDate: "2026-01-01",
        expiryDate: "2026-02-01",
        frequencySettings: { enabled: false },
        liveMode: true,
        ...more,
      },
    });

  test("take free lines by default, and refuse an expiry that is none", async () => {
    const free = [{ ...lines[0], amount: 0 }];
    expect((await estimate({ items: free })).status).toBe(201);
    expect(await estimate({ expiryDate: undefined })).toMatchObject({
      status: 422,
      body: { message: ["expiryDate must be in YYYY-MM-DD format"] },
    });
    client = createInvoiceClient({ commerce: { zeroPrice: "refuse" } });
    expect(await estimate({ items: free })).toMatchObject({ status: 422, body: { message: ["items.0.amount must not be less than 0.1"] } });
  });

  test("are accepted or declined by the customer, without an event, and keep their discount as an invoice", async () => {
    const { _id: id } = (await estimate()).body as { _id: string };
    expect(() => client.emulator.act.answerEstimate(id, "accepted")).toThrow(/was sent/);
    await client.call("POST", `/invoices/estimate/${id}/send`, {
      body: { ...client.tenant, userId: "u", action: "email", liveMode: true },
    });
    client.emulator.act.answerEstimate(id, "accepted");
    expect(await client.events()).toEqual([]);
    const made = await client.call("POST", `/invoices/estimate/${id}/invoice`, { body: { ...client.tenant, markAsInvoiced: true } });
    expect(made.body).toMatchObject({ invoice: { total: 70, discount: { type: "fixed", value: 10 } } });
    const again = await client.call("POST", `/invoices/estimate/${id}/invoice`, { body: { ...client.tenant, markAsInvoiced: true } });
    expect(again).toMatchObject({ status: 400, body: { message: "The estimate has been invoiced already" } });
  });
});
