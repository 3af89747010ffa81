import { createMemoryStorage } from "@ghlkit/storage";
import { slowStores } from "@ghlkit/storage/testing";
import { expect, test } from "vitest";
import { oauth, type OAuth } from "../../src/index.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { appOptions, location } from "../token-setup.ts";

test("whenever an uninstall comes during the first call of a location, no token is left behind", async () => {
  await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const platform = createFakePlatform({ latencyMs: () => 4 });
      const memory = createMemoryStorage();
      const stores = slowStores(memory, { minMs: 0, maxMs: 4 });
      const [caller, other] = [0, 1].map(() => oauth({ ...appOptions, stores, fetch: platform.fetch })) as [OAuth, OAuth];
      await caller.installations.connect(await caller.endpoint.exchange(platform.code({ userType: "Company", companyId: "com1" })));
      await caller.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
      const call = caller.tokens.liveToken(location).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, index % 30));
      await other.installations.apply({ type: "UNINSTALL", locationId: "loc1" });
      await call;
      await caller.installations.settled();
      expect(await memory.installations.get(location)).toMatchObject({ state: "uninstalled" });
      expect(await memory.tokens.get(location)).toBeUndefined();
    }),
  );
});

test("a late UNINSTALL in the middle of a new consent does not cost its pair", async () => {
  const platform = createFakePlatform();
  const memory = createMemoryStorage();
  const other = oauth({ ...appOptions, stores: memory, fetch: platform.fetch });
  const consent = { userType: "Location", locationId: "loc1" };
  await other.installations.connect(await other.endpoint.exchange(platform.code(consent)));
  const timestamp = new Date(Date.now() + 5).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 10));
  const tokens = {
    ...memory.tokens,
    put: async (...input: Parameters<typeof memory.tokens.put>) => {
      const written = await memory.tokens.put(...input);
      await other.installations.apply({ type: "UNINSTALL", locationId: "loc1", timestamp });
      return written;
    },
  };
  const auth = oauth({ ...appOptions, stores: { ...memory, tokens }, fetch: platform.fetch });
  const pair = await auth.endpoint.exchange(platform.code(consent));
  expect(await auth.installations.connect(pair)).toMatchObject({ state: "active" });
  expect((await memory.tokens.get(location))?.accessToken).toBe(pair.accessToken);
});
