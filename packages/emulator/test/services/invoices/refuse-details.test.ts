import { describe, expect, test } from "vitest";
import { createInvoiceClient, lines } from "./invoice-client.ts";

const line = (fields: object): object => ({ items: [{ ...lines[0], ...fields }] });

describe("details of an invoice that are none", () => {
  const client = createInvoiceClient();

  test.each([
    [{ issueDate: "2026-02-30" }, "issueDate must be in YYYY-MM-DD format"],
    [{ issueDate: "2026-01-01T00:00:00Z" }, "issueDate must be in YYYY-MM-DD format"],
    [{ dueDate: "12/01/2026" }, "dueDate must be in YYYY-MM-DD format"],
    [line({ qty: -1 }), "items.0.qty must not be less than 0"],
    [line({ amount: -5 }), "items.0.amount must not be less than 0"],
    [{ discount: { type: "fixed", value: -10 } }, "discount.value must not be less than 0"],
    [{ discount: { type: "percentage", value: 150 } }, "discount.value must not be greater than 100"],
    [{ sentTo: { email: ["ann@example.com", "ann"] } }, "sentTo.each value in email must be an email"],
  ])("%j is refused", async (fields, message) => {
    const { status, body } = await client.create(fields);
    expect([status, body.message]).toEqual([422, [message]]);
  });

  test("so they are in an update", async () => {
    const id = await client.sent();
    const update = { ...client.tenant, name: "Y", currency: "USD", invoiceItems: [{ ...lines[0], amount: -1 }] };
    const { status, body } = await client.call("PUT", `/invoices/${id}`, {
      body: { ...update, issueDate: "2026-01-01", dueDate: "2026-01-32" },
    });
    expect([status, body.message]).toEqual([
      422,
      ["dueDate must be in YYYY-MM-DD format", "invoiceItems.0.amount must not be less than 0"],
    ]);
  });

  test("a payment of a part of a cent pays nothing and is refused", async () => {
    const id = await client.sent();
    expect((await client.pay(id, 0.001)).body.message).toEqual(["amount must be a number conforming to the specified constraints"]);
    expect((await client.pay(id, 10.005)).status).toBe(422);
    expect(await client.read(id)).toMatchObject({ status: "sent", amountPaid: 0, amountDue: 80 });
    expect((await client.pay(id, 0.01)).status).toBe(200);
  });

  test("the switch takes them as they are", async () => {
    const lax = createInvoiceClient({ commerce: { details: "any" } });
    expect((await lax.create({ issueDate: "soon", ...line({ amount: -5 }) })).status).toBe(200);
  });

  test("a list is not given whole for a moment that cannot be read", async () => {
    const { altId, altType } = client.tenant;
    const list = (query: string) => client.call("GET", `/invoices/?altId=${altId}&altType=${altType}&limit=10&offset=0&${query}`);
    expect((await list("startAt=soon")).body.message).toEqual(["startAt must be a valid ISO 8601 date string"]);
    expect((await list("startAt=2026-99-99")).status).toBe(422);
    expect((await list("startAt=2026-01-01&endAt=2026-12-31T00:00:00Z")).status).toBe(200);
  });
});
