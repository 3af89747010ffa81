import { compose, fetchSend, readBody, type Clock, type Layer } from "@ghlkit/core";
import { createMemoryStorage, type StoredToken } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { resolveApp } from "../../src/endpoint/oauth-app.ts";
import { createTokenEndpoint } from "../../src/endpoint/token-endpoint.ts";
import { DepartureChecks } from "../../src/token/departure-checks.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { appOptions, endpointOf, location, managerOf, seed } from "../token-setup.ts";

/** Makes a token request wait between its intent and the network, as a rate limit does. */
function gate(): { readonly layer: Layer; readonly reached: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  let reach = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const layer: Layer = (next) => async (request, context) => {
    reach();
    await opened;
    return next(request, context);
  };
  return { layer, reached, open };
}

test.each([
  ["was taken over while it waited", true],
  ["was not taken over", false],
])("a refresh that %s", async (_what, isTakenOver) => {
  let monotonic = 0;
  const clock: Clock = { now: Date.now, monotonic: () => monotonic, after: () => () => {} };
  const platform = createFakePlatform({ reuse: "revoke-family" });
  const stores = createMemoryStorage();
  const old = await seed(platform, stores, location, -1);
  const departures = new DepartureChecks();
  const { layer, reached, open } = gate();
  const send = compose([layer, readBody, departures.layer], fetchSend(platform.fetch));
  const endpoint = createTokenEndpoint({ app: resolveApp(appOptions), send, now: Date.now, timeoutMs: 30_000 });
  const { manager } = managerOf(platform, { stores, clock, endpoint, departures });
  const call = manager.liveToken(location);
  await reached;
  // The process is paused for a minute, and another one refreshes.
  monotonic += 60_000;
  if (isTakenOver) {
    const { version } = (await stores.tokens.get(location)) as StoredToken;
    await stores.tokens.put(await endpointOf(platform).refresh(old), { expectedVersion: version });
  }
  open();
  expect((await call).accessToken).toBe((await stores.tokens.get(location))?.accessToken);
  expect(platform.counts).toMatchObject({ refreshes: 1, reused: 0 });
});
