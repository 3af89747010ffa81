import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl } from "ghlkit";
import { describe, expect, it } from "vitest";
import { watchedFetch } from "../emulator-under-way.ts";
import {
  createExternalAuth,
  createWallet,
  readBillingUrl,
  reportExternalBilling,
  type ExternalCredentials,
} from "../../src/marketplace/index.ts";

const secret = { header: "x-app-secret", value: "a-long-secret-value" };

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

/** Charges are for tokens of an app alone. */
async function openWallet(hasFunds = true) {
  const clock = createManualClock(Date.now());
  const emulator = createEmulator({ clock });
  const { locationId, companyId, app } = emulator.seed;
  const watched = watchedFetch(emulator);
  const fetch = (url: string, init: RequestInit): Promise<Response> =>
    !hasFunds && url.includes("has-funds") ? Promise.resolve(Response.json({ hasFunds: false })) : watched.fetch(url, init);
  const { clientId, clientSecret } = app;
  const ghl = createGhl({
    oauth: { clientId, clientSecret, redirectUri },
    storage: createMemoryStorage({ clock }),
    fetch,
    clock,
    retry: { maxAttempts: 1 },
  });
  const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
  await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
  await ghl.auth.installations.settled();
  const location = ghl.location(locationId);
  const { journal } = createMemoryStorage({ clock });
  const options = { journal, clock, appId: app.id, companyId };
  const count = async (): Promise<number> => {
    let found = 0;
    for await (const _ of location.marketplace.listCharges({ limit: 100 })) found += 1;
    return found;
  };
  const run = <Result>(program: () => Promise<Result>): Promise<Result> => runOnClock(clock, program, { isBusy: watched.isBusy });
  return { clock, emulator, location, options, wallet: createWallet(location, options), count, run };
}

describe("a charge", () => {
  const charge = { key: "lookup:1", meterId: "meter", units: 2, description: "Two lookups" };

  it("is made once per key, through a lost answer, and known where the journal is not", async () => {
    const { emulator, clock, wallet, location, options, count, run } = await openWallet();
    const before = await count();
    emulator.faults.add({ operation: "marketplace.createCharge", kind: "lost-answer", times: 1, afterEffect: true });
    const first = await run(() => wallet.charge(charge));
    expect(first).toMatchObject({ outcome: "charged", how: "found" });
    expect(await wallet.charge(charge)).toEqual({ ...first, how: "before" });
    const elsewhere = createWallet(location, { ...options, journal: createMemoryStorage({ clock }).journal });
    expect(await elsewhere.charge(charge)).toMatchObject({ outcome: "charged", how: "found" });
    expect((await count()) - before).toBe(1);
  });

  it("is not made again until it is certain that the first did not arrive", async () => {
    const { emulator, clock, wallet, run } = await openWallet();
    emulator.faults.add({ operation: "marketplace.createCharge", kind: "lost-answer", times: 1, afterEffect: false });
    expect(await run(() => wallet.charge(charge))).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
    await clock.advance(60_000);
    expect(await run(() => wallet.charge(charge))).toMatchObject({ outcome: "charged", how: "now" });
  });

  it("is not made of an empty wallet, and may be refused", async () => {
    expect(await (await openWallet(false)).wallet.charge(charge)).toEqual({ outcome: "no_funds" });
    const { emulator, wallet } = await openWallet();
    const body = { statusCode: 400, message: "Custom price is not allowed for fixed price meters" };
    emulator.faults.add({ operation: "marketplace.createCharge", kind: "error", status: 400, body, times: 1 });
    expect(await wallet.charge({ ...charge, price: 5 })).toMatchObject({ outcome: "refused", error: { code: "bad_request" } });
  });

  it("is made in each location whose keys are its own", async () => {
    const { location, options, run } = await openWallet();
    const how: unknown[] = [];
    for (const locationId of ["one", "two", "one"])
      how.push(await run(() => createWallet(location, { ...options, locationId }).charge({ ...charge, key: "plan:2026-12" })));
    // The emulated location is the same: its platform knows the event of the second by then.
    expect(how).toMatchObject([{ how: "now" }, { how: "found" }, { how: "before" }]);
  });
});

describe("external authentication", () => {
  const seen: ExternalCredentials[] = [];
  const auth = createExternalAuth({
    secret,
    connect: (credentials) => {
      seen.push(credentials);
      return Promise.resolve(credentials.fields["apiKey"] === "right");
    },
  });
  const submit = (body: object, value = secret.value): Promise<Response> =>
    auth(new Request("https://app.example", { method: "POST", headers: { [secret.header]: value }, body: JSON.stringify(body) }));

  it("accepts what the service accepts, for the locations that were named", async () => {
    const body = { companyId: "com", locationId: ["l1", "l2"], approveAllLocations: false, excludedLocations: null };
    expect((await submit({ ...body, apiKey: "right" })).status).toBe(200);
    expect((await submit({ ...body, apiKey: "wrong" })).status).toBe(401);
    expect(seen[0]).toEqual({
      fields: { apiKey: "right" },
      companyId: "com",
      locationIds: ["l1", "l2"],
      allLocations: false,
      excludedLocationIds: [],
    });
    expect((await submit({ ...body, apiKey: "right" }, "another-secret-value")).status).toBe(401);
    expect(seen.length).toBe(2);
  });
});

describe("external billing", () => {
  it("reads who installs, and reports what was paid", async () => {
    expect(readBillingUrl("https://app.example/pay?clientId=c&installType=location&locationId=l1,l2&companyId=com")).toEqual({
      clientId: "c",
      companyId: "com",
      locationIds: ["l1", "l2"],
    });
    expect(readBillingUrl("https://app.example/pay?clientId=c")).toBeUndefined();
    const sent: unknown[] = [];
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      sent.push([url, new Headers(init.headers).get("x-ghl-client-secret"), JSON.parse(String(init.body))]);
      return Promise.resolve(new Response("{}", { status: sent.length === 1 ? 200 : 401 }));
    };
    const payment = {
      clientId: "c",
      clientSecret: "s",
      of: { locationId: "l1" },
      amount: 19.5,
      status: "COMPLETED",
      type: "recurring",
    } as const;
    for (const amount of [Number.NaN, "19.5" as unknown as number])
      await expect(reportExternalBilling({ ...payment, amount, subscriptionId: "sub" }, { fetch })).rejects.toMatchObject({
        code: "invalid_request",
      });
    await reportExternalBilling({ ...payment, subscriptionId: "sub" }, { fetch });
    expect(sent).toEqual([
      [
        "https://services.leadconnectorhq.com/oauth/billing/webhook",
        "s",
        {
          clientId: "c",
          authType: "location",
          locationId: "l1",
          subscriptionId: "sub",
          amount: 19.5,
          status: "COMPLETED",
          paymentType: "recurring",
        },
      ],
    ]);
    await expect(reportExternalBilling({ ...payment, paymentId: "p" }, { fetch })).rejects.toMatchObject({ status: 401 });
    await expect(reportExternalBilling(payment, { fetch })).rejects.toThrow(/paymentId or a subscriptionId/);
  });
});
