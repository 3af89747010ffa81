import { beforeEach, describe, expect, it, vi } from "vitest";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import {
  createPaymentProvider,
  keysOfLocation,
  minorMoney,
  money,
  type PaymentProvider,
  type PaymentProviderOptions,
  type ProviderCharge,
  type ProviderEvent,
} from "../../src/billing/index.ts";

let clock: ManualClock;
let provider: PaymentProvider;
let charge: ProviderCharge | undefined;
const events: ProviderEvent[] = [];
const onEvent = (event: ProviderEvent): void => void events.push(event);

const paid: ProviderCharge = {
  chargeId: "ch_1",
  transactionId: "t1",
  status: "succeeded",
  amount: money("80.05", "USD"),
  chargedAt: 1_700_000_000_999,
};

function make(more: Partial<PaymentProviderOptions> = {}): PaymentProvider {
  return createPaymentProvider({
    keys: keysOfLocation("loc", { live: "live-key", test: "test-key" }),
    verify: () => Promise.resolve(charge),
    expected: ({ transactionId }) => Promise.resolve(transactionId === "t1" ? money("80.05", "USD") : undefined),
    journal: createMemoryStorage({ clock }).journal,
    clock,
    onEvent,
    ...more,
  });
}

beforeEach(() => {
  clock = createManualClock();
  events.length = 0;
  charge = paid;
  provider = make();
});

async function ask(body: object, apiKey = "live-key") {
  const response = await provider.handle(
    new Request("https://pay.example/query", { method: "POST", body: JSON.stringify({ apiKey, ...body }) }),
  );
  return { status: response.status, body: (await response.json()) as unknown };
}
const verify = (more: object = {}, apiKey?: string) =>
  ask({ type: "verify", transactionId: "t1", chargeId: "ch_1", subscriptionId: "", ...more }, apiKey);

describe("trace", () => {
  it("runs each question that is answered, and none that is refused", async () => {
    const names: string[] = [];
    provider = make({
      trace: (work, { name }) => {
        names.push(name);
        return work();
      },
    });
    await verify();
    await verify({}, "another-key");
    await ask({ type: "invented" });
    expect(names).toEqual(["payment.verify"]);
  });
});

describe("verify", () => {
  it("says yes for a charge of the transaction over what it asks for, in the units of that answer", async () => {
    expect(await verify()).toEqual({
      status: 200,
      body: {
        success: true,
        chargeSnapshot: { id: "ch_1", status: "succeeded", amount: 8005, chargeId: "ch_1", chargedAt: 1_700_000_000 },
      },
    });
    expect(events).toEqual([]);
  });

  it("says pending while there is no charge, and failed when it failed", async () => {
    charge = undefined;
    expect((await verify()).body).toEqual({ success: false });
    charge = { ...paid, status: "pending" };
    expect((await verify()).body).toEqual({ success: false });
    charge = { ...paid, status: "failed" };
    expect((await verify()).body).toEqual({ failed: true });
  });

  it.each([
    ["a hundred times too much", { amount: minorMoney(800_500, "USD") }, "other_amount"],
    ["a cent too little", { amount: minorMoney(8004, "USD") }, "other_amount"],
    ["another currency", { amount: minorMoney(8005, "EUR") }, "other_amount"],
    ["another transaction", { transactionId: "t2" }, "other_transaction"],
    ["another charge", { chargeId: "ch_2" }, "other_transaction"],
  ] as const)("never says yes to %s, and reports it", async (_, change, kind) => {
    charge = { ...paid, ...change };
    expect((await verify()).body).toEqual({ failed: true });
    expect(events).toMatchObject([{ kind }]);
  });

  it("never says yes for a transaction that the platform does not have", async () => {
    charge = { ...paid, transactionId: "t9" };
    expect((await verify({ transactionId: "t9" })).body).toEqual({ failed: true });
    expect(events).toMatchObject([{ kind: "other_amount", expected: undefined }]);
  });

  it("brings the subscription along, with times in seconds", async () => {
    const subscription = { subscriptionId: "sub_1", status: "active", createdAt: 5999, nextCharge: 7000 } as const;
    provider = make({ subscription: () => Promise.resolve(subscription) });
    expect((await verify({ subscriptionId: "ghl_sub" })).body).toMatchObject({
      success: true,
      subscriptionStatus: "active",
      subscriptionSnapshot: { id: "sub_1", status: "active", createdAt: 5, nextCharge: 7 },
    });
  });
});

describe("who asks", () => {
  it("is known by the key alone, live or test", async () => {
    const modes: string[] = [];
    provider = make({ verify: ({ mode, locationId }) => Promise.resolve(void modes.push(`${locationId} ${mode}`) as undefined) });
    await verify({}, "live-key");
    await verify({}, "test-key");
    expect(modes).toEqual(["loc live", "loc test"]);
    for (const key of ["", "live-ke", "live-key ", "LIVE-KEY", "live-kez"]) expect(await verify({}, key)).toMatchObject({ status: 401 });
    expect(await verify({ apiKey: undefined })).toMatchObject({ status: 401 });
    expect(await verify({ apiKey: { $ne: null } })).toMatchObject({ status: 401 });
    expect(events.map(({ kind }) => kind)).toEqual(Array.from({ length: 7 }, () => "unknown_key"));
    expect(modes.length).toBe(2);
  });

  it("gets 4xx for what is no question, and 500 when a handler fails: pending for the platform", async () => {
    const raw = async (body: string, method = "POST") =>
      (await provider.handle(new Request("https://pay.example/query", { method, ...(method === "POST" && { body }) }))).status;
    expect([await raw("{"), await raw("[]"), await raw("null"), await raw("", "GET"), await raw(`"${"x".repeat(70_000)}"`)]).toEqual([
      400, 400, 400, 405, 413,
    ]);
    expect((await ask({ type: "constructor" })).status).toBe(400);
    provider = make({ verify: () => Promise.reject(new Error("secret of the gateway")) });
    const failed = await verify();
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed)).not.toContain("secret");
    expect(events).toMatchObject([{ kind: "failed", type: "verify" }]);
  });
});

describe("effects", () => {
  it("charges a stored card once, however often it is asked", async () => {
    const charged = vi.fn(() => Promise.resolve({ charge: { ...paid, chargeId: "ch_7" }, message: "ok" }));
    provider = make({ charge: charged });
    const question = {
      type: "charge_payment",
      transactionId: "t7",
      contactId: "c",
      paymentMethodId: "pm",
      amount: 80.05,
      currency: "usd",
      chargeDescription: "Bill",
    };
    const [one, two] = [await ask(question), await ask(question)];
    expect(one).toEqual(two);
    expect(one.body).toMatchObject({ success: true, failed: false, chargeId: "ch_7", chargeSnapshot: { amount: 80.05 } });
    expect(charged.mock.calls).toMatchObject([[{ amount: { minor: 8005, currency: "USD" }, mode: "live", paymentMethodId: "pm" }]]);
  });

  it("takes the same refund within a minute for a repetition, and later for another one", async () => {
    const refunded = vi.fn(({ amount }: { readonly amount: number }) => Promise.resolve({ id: "re", amount: money(amount, "USD") }));
    provider = make({ refund: refunded });
    const question = { type: "refund", transactionId: "t1", chargeId: "ch_1", amount: 30 };
    const first = await ask(question);
    expect(first.body).toEqual({ success: true, message: "", id: "re", amount: 30, currency: "USD" });
    expect(await ask(question)).toEqual(first);
    expect(refunded).toHaveBeenCalledTimes(1);
    await clock.advance(60_001);
    await ask(question);
    await ask({ ...question, amount: 20 });
    expect(refunded).toHaveBeenCalledTimes(3);
    expect(new Set(refunded.mock.calls.map(([given]) => (given as unknown as { readonly key: string }).key)).size).toBe(3);
  });

  it("lists stored cards as a bare list, begins and ends subscriptions, and says what it does not do", async () => {
    expect((await ask({ type: "list_payment_methods", contactId: "c" })).body).toEqual([]);
    expect((await ask({ type: "refund", amount: 1 })).body).toMatchObject({ success: false });
    const cancel = vi.fn(() => Promise.resolve());
    const subscribe = vi.fn(() =>
      Promise.resolve({ subscription: { subscriptionId: "sub_1", status: "scheduled", createdAt: 1000 } as const }),
    );
    provider = make({ subscribe, cancel, listMethods: () => Promise.resolve([{ id: "pm", type: "card", title: "Visa" }]) });
    expect((await ask({ type: "list_payment_methods", contactId: "c" })).body).toEqual([{ id: "pm", type: "card", title: "Visa" }]);
    const question = {
      type: "create_subscription",
      subscriptionId: "s1",
      amount: 0,
      recurringAmount: "80.00",
      currency: "USD",
      startDate: "2027-01-01",
    };
    expect((await ask(question)).body).toMatchObject({
      success: true,
      subscription: { subscriptionId: "sub_1", subscriptionSnapshot: { createdAt: 1 } },
    });
    await ask(question);
    expect(subscribe.mock.calls).toMatchObject([[{ recurringAmount: { minor: 8000 }, startDate: "2027-01-01" }]]);
    expect((await ask({ type: "cancel_subscription", subscriptionId: "s1" })).body).toEqual({ status: "canceled" });
    expect(cancel).toHaveBeenCalledOnce();
  });
});
