import { createManualClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { mayHaveHappened } from "@ghlkit/resilience";
import { createMemoryStorage } from "@ghlkit/storage";
import { createHash } from "node:crypto";
import { expect, it, vi } from "vitest";
import { createGhl, isGhlError, oauth } from "../src/index.ts";

it("a token that cannot be renewed: the write says that it was not sent, costs no slot, and opens no breaker", async () => {
  // Digests come from other threads, for which virtual time would not wait.
  vi.spyOn(crypto.subtle, "digest").mockImplementation(
    async (_algorithm, data) =>
      Uint8Array.from(
        createHash("sha256")
          .update(new Uint8Array(data as ArrayBuffer))
          .digest(),
      ).buffer,
  );
  const redirectUri = "http://127.0.0.1:3000/oauth/callback";
  const emulator = createEmulator({ app: { bulk: false } });
  const { app, locationId } = emulator.seed;
  const clock = createManualClock(Date.now());
  let isAway = false;
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (isAway && url.includes("/oauth/")) throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } });
    return emulator.fetch(new Request(url, init));
  };
  const settings = { baseUrl: "http://127.0.0.1", fetch };
  const stores = createMemoryStorage({ clock });
  const credentials = oauth({ clientId: app.clientId, clientSecret: app.clientSecret, redirectUri, clock, stores, ...settings });
  const { code } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
  await credentials.installations.connect(await credentials.endpoint.exchange(code));
  const ghl = createGhl({ credentials, ...settings, retry: { maxAttempts: 1 } });
  const { contacts, locations } = ghl.location(locationId);
  await locations.get();
  const free = ghl.limiter.inspectAll().map(({ free: slots }) => slots);

  await clock.advance(2 * 86_400_000);
  isAway = true;
  for (let index = 0; index < 20; index += 1) {
    let error: unknown;
    void contacts.create({ body: { firstName: "Ada" } }).catch((failure: unknown) => (error = failure));
    while (error === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(100);
    }
    expect(error).toMatchObject({ code: "network", sent: false, during: "authorisation", operation: "contacts.create" });
    expect(isGhlError(error) && mayHaveHappened(error)).toBe(false);
    await clock.advance(100_000);
  }
  expect(ghl.limiter.inspectAll().map(({ free: slots }) => slots)).toEqual(free);
  expect(ghl.breaker.state("127.0.0.1", credentials.principal(undefined, { kind: "location", resource: locationId }))).toBe("closed");
  expect(emulator.requests().filter(({ path }) => path.startsWith("/contacts"))).toEqual([]);
});
