import { createMemoryStorage } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { encryptedTokenStore } from "../../src/index.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { company, location, managerOf, seed } from "../token-setup.ts";

const key = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));
const old = key();

test("at rest there is no token; through the wrapper a refresh works", async () => {
  const stores = createMemoryStorage();
  const tokens = encryptedTokenStore(stores.tokens, { current: "k1", keys: { k1: old } });
  const platform = createFakePlatform();
  const { manager } = managerOf(platform, { stores: { ...stores, tokens } });
  await seed(platform, { ...stores, tokens }, location, -1);
  const pair = await manager.liveToken(location);
  expect(JSON.stringify(await stores.tokens.get(location))).not.toMatch(/-secret-/);
  expect((await tokens.get(location))?.accessToken).toBe(pair.accessToken);
});

test("keys rotate: pairs of the old key are read and written again; a lost key is told", async () => {
  const stores = createMemoryStorage();
  const before = encryptedTokenStore(stores.tokens, { current: "k1", keys: { k1: old } });
  const pair = await seed(createFakePlatform(), { ...stores, tokens: before }, location, 1_000);
  const keys = { k1: old, k2: key() };
  const after = encryptedTokenStore(stores.tokens, { current: "k2", keys });
  expect(await after.reencrypt()).toEqual({ written: 1, skipped: 0 });
  expect(await after.reencrypt()).toEqual({ written: 0, skipped: 0 });
  expect((await after.get(location))?.refreshToken).toBe(pair.refreshToken);
  await expect(before.get(location)).rejects.toMatchObject({ code: "storage", message: /"k2"/ });
});

test("a ciphertext moved to another record or changed is refused", async () => {
  const stores = createMemoryStorage();
  const tokens = encryptedTokenStore(stores.tokens, { current: "k1", keys: { k1: old } });
  await seed(createFakePlatform(), { ...stores, tokens }, location, 1_000);
  const raw = (await stores.tokens.get(location))!;
  const { refreshToken, ...accessOnly } = raw;
  await stores.tokens.put({ ...accessOnly, principal: company }, { expectedVersion: 0 });
  await expect(tokens.get(company)).rejects.toMatchObject({ code: "storage", reason: "corrupt" });
  const swapped = { ...raw, accessToken: refreshToken ?? "" };
  await stores.tokens.put(swapped, { expectedVersion: raw.version });
  await expect(tokens.get(location)).rejects.toMatchObject({ code: "storage", reason: "corrupt" });
});
