import { createEmulator } from "@ghlkit/emulator";
import { describe, expect, it } from "vitest";
import { createGhl, oauth, withRateLimit } from "../src/index.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

/** An app on an emulator of its own, installed on both seeded locations through consent and code exchange. */
async function installed() {
  const emulator = createEmulator();
  const { app, companyId, locationId, secondLocationId } = emulator.seed;
  const settings = { baseUrl: "http://127.0.0.1", fetch: (url: string, init: RequestInit) => emulator.fetch(new Request(url, init)) };
  const credentials = oauth({ clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, ...settings });
  const { code } = emulator.oauth.authorize({ locations: [locationId, secondLocationId], redirectUri });
  await credentials.installations.connect(await credentials.endpoint.exchange(code));
  await credentials.installations.settled();
  return { emulator, companyId, locationId, secondLocationId, credentials, ghl: createGhl({ credentials, ...settings }) };
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
