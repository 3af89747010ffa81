import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestAnswer, type TestClient } from "../../test-client.ts";

let client: TestClient;
let tenant: { readonly altId: string; readonly altType: "location" };
beforeEach(() => {
  client = createTestClient();
  tenant = { altId: client.emulator.seed.locationId, altType: "location" };
});

const lines = [{ name: "Check-up", qty: 2, amount: 40, currency: "USD" }];
const dates = { issueDate: "2026-01-01", dueDate: "2026-01-08" };

function create(more: object = {}): Promise<TestAnswer> {
  const contactDetails = { id: "contact", name: "Ann", phoneNo: "+12025550123", email: "ann@example.com" };
  const details = { businessDetails: { name: "Shop" }, currency: "USD", discount: { type: "percentage", value: 0 }, liveMode: true };
  const body = {
    ...tenant,
    name: "Bill",
    ...details,
    items: lines,
    contactDetails,
    ...dates,
    sentTo: { email: ["ann@example.com"] },
    ...more,
  };
  return client.call("POST", "/invoices/", { body });
}

const act = (id: string, action: string, body: object = {}): Promise<TestAnswer> =>
  client.call("POST", `/invoices/${id}/${action}`, { body: { ...tenant, ...body } });

describe("an invoice", () => {
  test("is a draft with a number of its own, lines and sums", async () => {
    const { body } = await create();
    expect(body).toMatchObject({ status: "draft", invoiceNumber: "6", total: 80, amountPaid: 0, amountDue: 80 });
    expect(body.invoiceItems).toMatchObject([{ name: "Check-up", qty: 2, amount: 40 }]);
    expect((await create()).body.invoiceNumber).toBe("7");
  });

  test("is sent, paid in part, paid, and then cannot be edited or voided", async () => {
    const { _id: id } = (await create()).body;
    const sent = await act(id, "send", { userId: "user", action: "email", liveMode: true });
    expect(sent.body.invoice.status).toBe("sent");
    const part = await act(id, "record-payment", { mode: "cash", notes: "", amount: 30 });
    expect(part.body.invoice).toMatchObject({ status: "partially_paid", amountPaid: 30, amountDue: 50 });
    expect((await act(id, "record-payment", { mode: "cash", notes: "", amount: 51 })).status).toBe(400);
    const rest = await act(id, "record-payment", { mode: "cash", notes: "" });
    expect(rest.body.invoice).toMatchObject({ status: "paid", amountDue: 0 });
    const edit = { ...tenant, name: "Bill", currency: "USD", invoiceItems: lines, ...dates };
    expect((await client.call("PUT", `/invoices/${id}`, { body: edit })).status).toBe(400);
    expect((await act(id, "void")).status).toBe(400);
    const query = `altId=${tenant.altId}&altType=location&entityId=${id}`;
    const transactions = await client.call("GET", `/payments/transactions?${query}`);
    expect(transactions.body.data.map(({ amount }: { amount: number }) => amount)).toEqual([30, 50]);
  });

  test("is replaced by PUT, whose lines have another name", async () => {
    const { _id: id } = (await create({ title: "A title" })).body;
    const edit = { ...tenant, name: "Bill", currency: "USD", invoiceItems: [{ ...lines[0], qty: 1 }], ...dates };
    const { body } = await client.call("PUT", `/invoices/${id}`, { body: edit });
    expect(body).toMatchObject({ total: 40, status: "draft" });
    expect(body.title).toBeUndefined();
  });
});

test("an estimate becomes an invoice once", async () => {
  const { emulator, call } = client;
  const list = await call("GET", `/invoices/estimate/list?altId=${tenant.altId}&altType=location&limit=10&offset=0`);
  const id = list.body.estimates[0]._id as string;
  const { body } = await call("POST", `/invoices/estimate/${id}/invoice`, { body: { ...tenant, markAsInvoiced: true } });
  expect(body.invoice).toMatchObject({ total: 900, status: "draft" });
  expect((await call("POST", `/invoices/estimate/${id}/invoice`, { body: { ...tenant, markAsInvoiced: true } })).status).toBe(400);
  expect(emulator.seed.locationId).toBe(tenant.altId);
});

test("text2pay sends at once and hands out a link", async () => {
  const body = {
    ...tenant,
    name: "Bill",
    currency: "USD",
    items: lines,
    contactDetails: { id: "c", name: "Ann", phoneNo: "", email: "a@example.com" },
  };
  const details = { issueDate: "2026-01-01", sentTo: { email: [] }, liveMode: true, action: "send", userId: "user" };
  const answer = await client.call("POST", "/invoices/text2pay", { body: { ...body, ...details } });
  expect(answer.body.invoice.status).toBe("sent");
  expect(answer.body.invoiceUrl).toContain(answer.body.invoice._id);
});
