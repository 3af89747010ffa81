import type { TokenStore } from "../token-store.ts";
import { pair, place } from "./samples.ts";
import type { testsWith } from "./store-under-test.ts";

const mine = { refreshTokenFingerprint: "f-1", owner: "process-1", attempt: 1 };
const yours = { refreshTokenFingerprint: "f-1", owner: "process-2", attempt: 2 };

/** What a {@link TokenStore} must do with refresh intents. */
export function describeTokenIntents(test: ReturnType<typeof testsWith<TokenStore>>): void {
  test("notes an intent beside the pair, on its own clock", async ({ store, other, advance }, expect) => {
    const before = await start(store);
    await advance(1000);
    const written = await store.recordIntent(place("loc-1"), mine, { expectedVersion: before.version });
    const read = await other.get(place("loc-1"));
    expect(written).toEqual({ stored: true, version: read?.version });
    expect((read?.version ?? 0) > before.version).toBe(true);
    const at = read?.intent?.at ?? 0;
    expect(at - before.updatedAt >= 1000 && at - before.updatedAt < 60_000).toBe(true);
    expect(read).toEqual({ ...before, version: read?.version, updatedAt: at, intent: { ...mine, at } });
  });

  test("lets one of many holders note an intent", async ({ store, other }, expect) => {
    const { version } = await start(store);
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        (at % 2 === 0 ? store : other).recordIntent(place("loc-1"), { ...mine, owner: `process-${at}` }, { expectedVersion: version }),
      ),
    );
    expect(results.filter(({ stored }) => stored).length).toBe(1);
    const read = await store.get(place("loc-1"));
    expect(read?.intent?.owner).toBe(`process-${results.findIndex(({ stored }) => stored)}`);
    expect(results.find(({ stored }) => !stored)).toEqual({ stored: false, current: read });
  });

  test("shows a dead holder's intent to the next one, who takes over; the dead one's pair then comes too late", async ({
    store,
  }, expect) => {
    const { version } = await start(store);
    const first = await store.recordIntent(place("loc-1"), mine, { expectedVersion: version });
    const seen = await store.get(place("loc-1"));
    expect(seen?.intent?.owner).toBe("process-1");
    const second = await store.recordIntent(place("loc-1"), yours, { expectedVersion: seen?.version ?? 0 });
    expect(second.stored).toBe(true);
    const late = await store.put(pair("late"), { expectedVersion: first.stored ? first.version : 0 });
    expect(late).toEqual({ stored: false, current: await store.get(place("loc-1")) });
    expect((await store.get(place("loc-1")))?.intent).toEqual({ ...yours, at: (await store.get(place("loc-1")))?.intent?.at });
  });

  test("drops the intent when a new pair is written, and when it is taken back", async ({ store }, expect) => {
    const { version } = await start(store);
    const noted = await store.recordIntent(place("loc-1"), mine, { expectedVersion: version });
    const put = await store.put(pair("2"), { expectedVersion: noted.stored ? noted.version : 0 });
    expect((await store.get(place("loc-1")))?.intent).toBe(undefined);
    const again = await store.recordIntent(place("loc-1"), mine, { expectedVersion: put.stored ? put.version : 0 });
    const stale = await store.clearIntent(place("loc-1"), { expectedVersion: version });
    expect(stale).toEqual({ stored: false, current: await store.get(place("loc-1")) });
    expect((await store.clearIntent(place("loc-1"), { expectedVersion: again.stored ? again.version : 0 })).stored).toBe(true);
    const read = await store.get(place("loc-1"));
    expect({ intent: read?.intent, accessToken: read?.accessToken }).toEqual({ intent: undefined, accessToken: "access-2" });
  });

  test("notes no intent where there is no pair", async ({ store }, expect) => {
    const nothing = { stored: false, current: undefined };
    expect(await store.recordIntent(place("loc-1"), mine, { expectedVersion: 0 })).toEqual(nothing);
    expect(await store.clearIntent(place("loc-1"), { expectedVersion: 7 })).toEqual(nothing);
    expect(await store.get(place("loc-1"))).toBe(undefined);
  });
}

async function start(store: TokenStore): Promise<NonNullable<Awaited<ReturnType<TokenStore["get"]>>>> {
  await store.put(pair("1"), { expectedVersion: 0 });
  const read = await store.get(place("loc-1"));
  if (read === undefined) throw new Error("The pair was not stored.");
  return read;
}
