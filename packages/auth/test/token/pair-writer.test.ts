import { createMemoryStorage, type StoredToken, type TokenRecord, type TokenStore } from "@ghlkit/storage";
import { expect, test } from "vitest";
import type { AuthEvent } from "../../src/token/auth-event.ts";
import { deadPair } from "../../src/token/dead-pair.ts";
import { PairWriter } from "../../src/token/pair-writer.ts";
import { hastyClock, location } from "../token-setup.ts";

function pair(mark: string, more: Partial<TokenRecord> = {}): TokenRecord {
  const tokens = { accessToken: `access-${mark}`, refreshToken: `refresh-${mark}`, expiresAt: 1_800_000_000_000 };
  return { principal: location, ...tokens, scopes: [], userType: "Location", extra: {}, ...more };
}

interface Setup {
  readonly tokens: TokenStore;
  readonly before: StoredToken;
  readonly events: AuthEvent[];
  /** A writer whose puts go through `put`. */
  readonly writerOf: (put: TokenStore["put"]) => PairWriter;
}

async function setup(first: TokenRecord = pair("1")): Promise<Setup> {
  const { tokens } = createMemoryStorage();
  await tokens.put(first, { expectedVersion: 0 });
  const events: AuthEvent[] = [];
  const before = (await tokens.get(location)) as StoredToken;
  return {
    tokens,
    before,
    events,
    writerOf: (put) => new PairWriter({ ...tokens, put }, hastyClock(), (event) => events.push(event)),
  };
}

test("a write whose answer was lost is found in the store, and not reported as failed", async () => {
  const { tokens, before, events, writerOf } = await setup();
  const writer = writerOf(async (...input) => {
    await tokens.put(...input);
    throw new Error("the answer was lost");
  });
  expect(await writer.write(pair("2"), before)).toMatchObject({ accessToken: "access-2" });
  expect(writer.kept(location)).toBeUndefined();
  expect(events).toEqual([]);
});

test("a pair that was stored and marked as dead meanwhile is not taken for a stored one: the mark stands", async () => {
  const { tokens, before, writerOf } = await setup();
  let puts = 0;
  const writer = writerOf(async (record, expected) => {
    puts += 1;
    if (puts > 1) return tokens.put(record, expected);
    // The write takes place, its answer is lost, and another process finds the new refresh token refused.
    const written = await tokens.put(record, expected);
    await tokens.put(deadPair(record, "refused"), { expectedVersion: written.stored ? written.version : 0 });
    throw new Error("the answer was lost");
  });
  const stands = await writer.write(pair("2"), before);
  expect(stands?.refreshToken).toBeUndefined();
  expect(stands?.extra["needsReconnect"]).toBe("refused");
  expect(await tokens.get(location)).toMatchObject({ accessToken: "access-2", extra: { needsReconnect: "refused" } });
  expect(writer.kept(location)).toBeUndefined();
});

test("a platform that keeps the access token and replaces the refresh token: the old record is not taken for the new one", async () => {
  const { tokens, before, writerOf } = await setup();
  let down = true;
  const writer = writerOf(async (...input) => {
    if (down) throw new Error("disk");
    return tokens.put(...input);
  });
  const fresh = pair("1", { refreshToken: "refresh-2" });
  await writer.write(fresh, before);
  expect(writer.kept(location)).toEqual(fresh);
  down = false;
  await writer.flush(location);
  expect((await tokens.get(location))?.refreshToken).toBe("refresh-2");
});

test("a mark on the pair before does not keep the new one out", async () => {
  const { tokens, before, writerOf } = await setup();
  const writer = writerOf(tokens.put);
  await tokens.put(deadPair(before, "refused"), { expectedVersion: before.version });
  expect(await writer.write(pair("2"), before)).toMatchObject({ accessToken: "access-2" });
  expect(await tokens.get(location)).toMatchObject({ refreshToken: "refresh-2" });
});

test("a platform that keeps the access token: the dead mark of the old record is not taken for the new pair", async () => {
  const { tokens, before, writerOf } = await setup();
  await tokens.put(deadPair(before, "refused"), { expectedVersion: before.version });
  let down = true;
  const writer = writerOf(async (...input) => {
    if (down) throw new Error("disk");
    return tokens.put(...input);
  });
  const fresh = pair("1", { refreshToken: "refresh-2" });
  await writer.write(fresh, before);
  expect(writer.kept(location)).toEqual(fresh);
  down = false;
  await writer.flush(location);
  expect((await tokens.get(location))?.refreshToken).toBe("refresh-2");
});

test.each(["flush", "drop"] as const)("whenStored waits until the pair is stored, or not wanted any more (%s)", async (end) => {
  const { tokens, before, writerOf } = await setup();
  let down = true;
  const writer = writerOf(async (...input) => {
    if (down) throw new Error("disk");
    return tokens.put(...input);
  });
  await writer.write(pair("2"), before);
  let isStored = false;
  const stored = writer.whenStored(location).then(() => (isStored = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isStored).toBe(false);
  down = false;
  await writer[end](location);
  await stored;
});
