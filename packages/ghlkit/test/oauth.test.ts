import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator, type EmulatorOptions } from "@ghlkit/emulator";
import { describe, expect, it } from "vitest";
import { createMemoryStorage } from "@ghlkit/storage";
import { createGhl, oauth, withRateLimit } from "../src/index.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

/** An app on an emulator of its own, installed on both seeded locations through consent and code exchange. */
async function installed(options: EmulatorOptions = {}) {
  const emulator = createEmulator(options);
  const { app, companyId, locationId, secondLocationId } = emulator.seed;
  const settings = { baseUrl: "http://127.0.0.1", fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)) };
  const clock = createManualClock(Date.now());
  const credentials = oauth({ clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, clock, ...settings });
  const { code } = emulator.oauth.authorize({ locations: [locationId, secondLocationId], redirectUri });
  await credentials.installations.connect(await credentials.endpoint.exchange(code));
  await credentials.installations.settled();
  return { emulator, clock, companyId, locationId, secondLocationId, credentials, ghl: createGhl({ credentials, ...settings }) };
}

describe("createGhl for a marketplace app", () => {
  it("calls every location it is installed on, with tokens minted from the agency's", async () => {
    const { ghl, locationId, secondLocationId } = await installed();
    for (const id of [locationId, secondLocationId]) {
      const { contact } = await ghl.location(id).contacts.create({ body: { firstName: "Ada", email: "ada@example.com" } });
      expect(contact.locationId).toBe(id);
    }
    await expect(ghl.contacts.get({ contactId: "1" })).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("refreshes once for many calls when tokens expire under them, and repeats each", async () => {
    const { emulator, ghl, locationId } = await installed();
    const location = ghl.location(locationId);
    await location.locations.get();
    emulator.oauth.expire();
    const before = emulator.oauth.tokenRequests().length;
    const names = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        location.contacts.create({ body: { firstName: `n${index}`, email: `n${index}@example.com` } }),
      ),
    );
    expect(names).toHaveLength(20);
    const requests = emulator.oauth.tokenRequests().slice(before);
    expect(requests.filter(({ outcome }) => outcome === "reused")).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(3);
  });

  it("is made of the app's settings alone: its calls for tokens are metered, and its storage keeps them", async () => {
    const emulator = createEmulator();
    const { app, locationId } = emulator.seed;
    const settings = { baseUrl: "http://127.0.0.1", fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)) };
    const storage = createMemoryStorage();
    const ghl = createGhl({ oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri }, storage, ...settings });
    const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
    await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
    await ghl.location(locationId).locations.get();
    expect(ghl.limiter.inspectAll().map(({ principal }) => principal?.kind)).toEqual(expect.arrayContaining(["company", "location"]));

    const restarted = createGhl({ oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri }, storage, ...settings });
    expect((await restarted.location(locationId).locations.get()).location.id).toBe(locationId);
  });

  it("stamps the token that is valid when a call leaves the queue, not the one of when it was made", async () => {
    const { emulator, clock, credentials, locationId } = await installed({ burstWindowMs: 50 });
    let letGo: (() => void) | undefined;
    const settings = {
      baseUrl: "http://127.0.0.1",
      fetch: async (url: string, init: RequestInit) => {
        if (letGo === undefined && url.includes("first")) await new Promise<void>((resolve) => (letGo = resolve));
        return emulator.fetch(new Request(url, init));
      },
    };
    // One at a time: the second call waits in the queue while the first is under way.
    const ghl = createGhl({ credentials, limits: { limit: 1, windowMs: 50 }, ...settings });
    const location = ghl.location(locationId);
    const first = location.contacts.get({ contactId: "first" }).catch((error: unknown) => error);
    while (letGo === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    const queued = location.locations.get();
    expect(ghl.limiter.inspectAll().map(({ depth }) => depth)).toContain(1);
    const twoDays = 2 * 86_400_000;
    emulator.clock.advance(twoDays);
    await clock.advance(twoDays);
    letGo();
    await first;
    expect((await queued).location.id).toBe(locationId);
    const calls = emulator.requests().filter(({ path }) => path.startsWith("/locations/"));
    expect(calls.map(({ status }) => status)).toEqual([200]);
  });

  it("meters the calls for tokens with all others, where they share a limiter", async () => {
    const { emulator, credentials: first, locationId } = await installed();
    const settings = { baseUrl: "http://127.0.0.1", fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)) };
    const limiter = withRateLimit();
    const { clientId, clientSecret } = emulator.seed.app;
    const credentials = oauth({ clientId, clientSecret, redirectUri, stores: first.stores, layers: [limiter], ...settings });
    const ghl = createGhl({ credentials, limiter, ...settings });
    expect(ghl.limiter).toBe(limiter);
    await ghl.location(locationId).locations.get();
    // The call of the location, and the mint of its token from the company's.
    expect(limiter.inspectAll().map(({ principal }) => principal?.kind)).toEqual(expect.arrayContaining(["company", "location"]));
  });

  it("shows no secret", async () => {
    const { credentials, emulator } = await installed();
    expect(JSON.stringify(credentials)).not.toContain(emulator.seed.app.clientSecret);
  });
});
