import { beforeEach, describe, expect, test } from "vitest";
import { createTestClient, type TestClient } from "../../test-client.ts";

let client: TestClient;
let tenant: { readonly altId: string; readonly altType: "location" };
let query: string;
const startMs = Date.parse("2027-01-01T00:00:00Z");
beforeEach(() => {
  client = createTestClient({ clock: { now: () => startMs } });
  tenant = { altId: client.emulator.seed.locationId, altType: "location" };
  query = `altId=${tenant.altId}&altType=location`;
});

const unknown = "f".repeat(24);

describe("errors of payments have a form of their own", () => {
  test.each([
    ["an order", "GET", () => `/payments/orders/${unknown}?${query}`, undefined, "Order not found"],
    [
      "a payment of an order",
      "POST",
      () => `/payments/orders/${unknown}/record-payment`,
      () => ({ ...tenant, mode: "cash" }),
      "Order not found",
    ],
    ["a transaction", "GET", () => `/payments/transactions/${unknown}?${query}`, undefined, "Transaction not found"],
    ["a subscription", "GET", () => `/payments/subscriptions/${unknown}?${query}`, undefined, "Subscription not found"],
    ["a coupon", "GET", () => `/payments/coupon?${query}&id=${unknown}&code=X`, undefined, "Coupon not found"],
  ] as const)("%s", async (_, method, path, body, message) => {
    const answer = await client.call(method, path(), body === undefined ? {} : { body: body() });
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({ status: 404, message, name: "HttpException", traceId: expect.any(String) });
  });
});

describe("orders", () => {
  test("are paid by hand in parts, never above what is due, with one event when they are complete", async () => {
    const [order] = (await client.call("GET", `/payments/orders?${query}&paymentStatus=unpaid`)).body.data as { _id: string }[];
    const pay = (amount: number | undefined) =>
      client.call("POST", `/payments/orders/${order?._id}/record-payment`, {
        body: {
          ...tenant,
          mode: "card",
          card: { type: "visa", last4: "4242" },
          ...(amount !== undefined && { amount, isPartialPayment: true }),
        },
      });
    const first = await pay(20.1);
    expect([first.status, first.body]).toMatchObject([200, { success: true }]);
    expect(await pay(99.91)).toMatchObject({
      status: 400,
      body: { status: 400, message: "The amount must be between 0 and the amount due, 99.9" },
    });
    await pay(undefined);
    const { data } = (await client.call("GET", `/payments/transactions?${query}&entityId=${order?._id}`)).body;
    expect(data.map(({ amount }: { amount: number }) => amount)).toEqual([20.1, 99.9]);
  });
});

describe("coupons", () => {
  const create = (more: object = {}) =>
    client.call("POST", "/payments/coupon", {
      body: {
        ...tenant,
        name: "Sale",
        code: "SALE10",
        discountType: "percentage",
        discountValue: 10,
        startDate: "2027-01-10T00:00:00Z",
        endDate: "2027-01-20T00:00:00Z",
        ...more,
      },
    });
  const read = async (id: string) => (await client.call("GET", `/payments/coupon?${query}&id=${id}&code=SALE10`)).body;

  test("have a status that follows the clock, and defaults", async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: "scheduled",
      applyToFuturePayments: true,
      applyToFuturePaymentsConfig: { type: "forever" },
    });
    client.emulator.clock.advance(10 * 86_400_000);
    expect(await read(body._id)).toMatchObject({ status: "active" });
    client.emulator.clock.advance(10 * 86_400_000);
    expect(await read(body._id)).toMatchObject({ status: "expired" });
  });

  test("refuse a code that is taken, or has other signs than letters and digits", async () => {
    await create();
    expect(await create()).toMatchObject({
      status: 400,
      body: { status: 400, message: "Coupon with code SALE10 already exists", name: "HttpException" },
    });
    expect(await create({ code: "SALE-10" })).toMatchObject({ status: 400, body: { message: "Coupon code must be alphanumeric" } });
  });
});

describe("charges to a wallet", () => {
  const charge = (more: object = {}) => {
    const { locationId, companyId, tokens, app } = client.emulator.seed;
    const body = {
      appId: app.id,
      meterId: "meter",
      eventId: "event",
      locationId,
      companyId,
      description: "One",
      units: 2,
      price: 0.015,
      ...more,
    };
    return client.call("POST", "/marketplace/billing/charges", { body, token: tokens.appLocation });
  };

  test("are in major units, once per event", async () => {
    expect((await charge()).status).toBe(201);
    expect((await charge()).status).toBe(400);
    const { tokens } = client.emulator.seed;
    const { body } = await client.call("GET", "/marketplace/billing/charges", { token: tokens.appLocation });
    expect(body.charges).toMatchObject([
      { amountCharged: 0.03, pricePerUnit: 0.015, units: 2, transactionType: "charge", refunded: false },
    ]);
  });

  test("refuse units that are a text, and a user that is blank", async () => {
    const text = await charge({ units: "1" });
    expect([text.body.message].flat()).toEqual(["units must be a number conforming to the specified constraints"]);
    expect(await charge({ userId: "" })).toMatchObject({ status: 400, body: { message: "userId should not be empty" } });
  });
});

describe("products", () => {
  test("are read with both names of a price's kind, or one, by a switch", async () => {
    const read = async (one: TestClient) => {
      const at = `locationId=${one.emulator.seed.locationId}`;
      const { products } = (await one.call("GET", `/products/?${at}`)).body as { products: { _id: string }[] };
      const [first] = (await one.call("GET", `/products/${products[0]?._id}/price?${at}`)).body.prices as Record<string, unknown>[];
      return { type: first?.["type"], priceType: first?.["priceType"], amount: first?.["amount"] };
    };
    expect(await read(client)).toMatchObject({ type: "one_time", priceType: "one_time", amount: 120 });
    const instead = createTestClient({ commerce: { priceType: "instead" } });
    expect(await read(instead)).toMatchObject({ type: undefined, priceType: "one_time" });
  });

  test("are made twice when they are asked for twice", async () => {
    const body = { name: "Twin", locationId: tenant.altId, productType: "SERVICE" };
    const [one, two] = [await client.call("POST", "/products/", { body }), await client.call("POST", "/products/", { body })];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.body._id).not.toBe(two.body._id);
  });

  test("refuse prices below zero, created and changed, unless the switch takes them", async () => {
    const attempt = async (one: TestClient): Promise<readonly number[]> => {
      const { locationId } = one.emulator.seed;
      const { products } = (await one.call("GET", `/products/?locationId=${locationId}`)).body as { products: { _id: string }[] };
      const at = `/products/${products[0]?._id}/price`;
      const price = { name: "Once", type: "one_time", currency: "USD", amount: 5, locationId };
      const made = await one.call("POST", at, { body: price });
      const answers = [
        await one.call("POST", at, { body: { ...price, amount: -5 } }),
        await one.call("PUT", `${at}/${String(made.body._id)}`, { body: { ...price, amount: -5 } }),
      ];
      return [made, ...answers].map(({ status }) => status);
    };
    expect(await attempt(client)).toEqual([201, 422, 422]);
    expect(await attempt(createTestClient({ commerce: { details: "any" } }))).toEqual([201, 201, 200]);
  });
});
