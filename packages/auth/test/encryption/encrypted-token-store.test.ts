import { createMemoryStorage } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { encryptedTokenStore, type DataKeyWrapper } from "../../src/index.ts";
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

test("keys rotate: data keys are wrapped again, the ciphertext stays; a lost key is told", async () => {
  const stores = createMemoryStorage();
  const before = encryptedTokenStore(stores.tokens, { current: "k1", keys: { k1: old } });
  const pair = await seed(createFakePlatform(), { ...stores, tokens: before }, location, 1_000);
  const raw = await stores.tokens.get(location);
  const after = encryptedTokenStore(stores.tokens, { current: "k2", keys: { k1: old, k2: key() } });
  expect((await after.get(location))?.refreshToken).toBe(pair.refreshToken);
  expect(await after.rewrap()).toEqual({ written: 1, skipped: 0 });
  expect(await after.rewrap()).toEqual({ written: 0, skipped: 0 });
  const rewrapped = await stores.tokens.get(location);
  expect(rewrapped?.accessToken).toBe(raw?.accessToken);
  expect(rewrapped?.extra).not.toEqual(raw?.extra);
  expect((await after.get(location))?.refreshToken).toBe(pair.refreshToken);
  await expect(before.get(location)).rejects.toMatchObject({ code: "storage", message: /"k2"/ });
});

test("re-encryption takes a new data key; a pair in the middle of a refresh is left for the next run", async () => {
  const stores = createMemoryStorage();
  const tokens = encryptedTokenStore(stores.tokens, { current: "k1", keys: { k1: old } });
  const pair = await seed(createFakePlatform(), { ...stores, tokens }, location, 1_000);
  const raw = (await stores.tokens.get(location))!;
  expect(await tokens.reencrypt()).toEqual({ written: 1, skipped: 0 });
  const again = (await stores.tokens.get(location))!;
  expect(again.accessToken).not.toBe(raw.accessToken);
  const intent = { refreshTokenFingerprint: "f", owner: "o", attempt: 1 };
  await tokens.recordIntent(location, intent, { expectedVersion: again.version });
  expect(await tokens.reencrypt()).toEqual({ written: 0, skipped: 1 });
  expect(await tokens.get(location)).toMatchObject({ refreshToken: pair.refreshToken, extra: pair.extra, intent });
});

test("a key service wraps data keys; it never sees a token", async () => {
  const stores = createMemoryStorage();
  const seen: Uint8Array[] = [];
  const kms: DataKeyWrapper = {
    current: "arn:key/1",
    wrap: async (dataKey) => (seen.push(dataKey), Buffer.from(dataKey.map((byte) => byte ^ 7)).toString("base64")),
    unwrap: async (wrapped) => Uint8Array.from(Buffer.from(wrapped, "base64"), (byte) => byte ^ 7),
  };
  const tokens = encryptedTokenStore(stores.tokens, kms);
  const pair = await seed(createFakePlatform(), { ...stores, tokens }, location, 1_000);
  expect((await tokens.get(location))?.accessToken).toBe(pair.accessToken);
  expect(seen.map((dataKey) => dataKey.length)).toEqual([32]);
});

test("clear text from before is refused, unless that is allowed; then it can be encrypted", async () => {
  const stores = createMemoryStorage();
  const pair = await seed(createFakePlatform(), stores, location, 1_000);
  const keys = { current: "k1", keys: { k1: old } };
  await expect(encryptedTokenStore(stores.tokens, keys).get(location)).rejects.toMatchObject({
    code: "storage",
    message: /acceptPlaintext/,
  });
  const migrating = encryptedTokenStore(stores.tokens, keys, { acceptPlaintext: true });
  expect((await migrating.get(location))?.accessToken).toBe(pair.accessToken);
  expect(await migrating.rewrap()).toEqual({ written: 1, skipped: 0 });
  expect((await encryptedTokenStore(stores.tokens, keys).get(location))?.accessToken).toBe(pair.accessToken);
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
