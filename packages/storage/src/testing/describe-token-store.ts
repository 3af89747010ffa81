import type { TokenStore } from "../token-store.ts";
import type { WriteResult } from "../write-result.ts";
import { describeTokenIntents } from "./describe-token-intents.ts";
import { describeTokenLists } from "./describe-token-lists.ts";
import { difficult, pair, place } from "./samples.ts";
import { rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

/** What every {@link TokenStore} must do. Run it with the functions of your test runner. */
export function describeTokenStore(factory: StoreFactory<TokenStore>, runner: SuiteRunner): void {
  runner.describe("TokenStore", () => {
    const test = testsWith(factory, runner);

    test("knows nothing at first", async ({ store }, expect) => {
      expect(await store.get(place("loc-1"))).toBe(undefined);
      expect(await store.delete(place("loc-1"))).toEqual({ deleted: false });
    });

    test("gives a pair back as it was put, with version and time", async ({ store, other }, expect) => {
      const record = pair("1", { refreshExpiresAt: 1_831_536_000_000, extra: difficult });
      const version = versionOf(await store.put(record, { expectedVersion: 0 }));
      const read = await other.get(record.principal);
      expect(read).toEqual({ ...record, version, updatedAt: read?.updatedAt });
      expect(typeof read?.updatedAt).toBe("number");
    });

    test("keeps a record of a megabyte", async ({ store }, expect) => {
      const extra = { approvedLocations: Array.from({ length: 20_000 }, (_, at) => `loc-${at}-${"x".repeat(40)}`) };
      await store.put(pair("1", { extra }), { expectedVersion: 0 });
      expect((await store.get(place("loc-1")))?.extra).toEqual(extra);
    });

    test("keeps absent what is absent", async ({ store }, expect) => {
      const { refreshToken: _none, locationId: _neither, ...minted } = pair("1");
      await store.put(minted, { expectedVersion: 0 });
      const read = (await store.get(place("loc-1"))) ?? {};
      for (const field of ["refreshToken", "refreshExpiresAt", "locationId", "intent"]) expect(field in read).toBe(false);
    });

    test("shares no object with its callers", async ({ store }, expect) => {
      const extra = { list: [1] };
      await store.put(pair("1", { extra }), { expectedVersion: 0 });
      extra.list.push(2);
      const read = await store.get(place("loc-1"));
      (read?.extra["list"] as number[] | undefined)?.push(3);
      expect((await store.get(place("loc-1")))?.extra).toEqual({ list: [1] });
    });

    test("never puts an older pair over a newer one", async ({ store, other }, expect) => {
      const first = versionOf(await store.put(pair("1"), { expectedVersion: 0 }));
      const second = versionOf(await other.put(pair("2"), { expectedVersion: first }));
      expect(second > first).toBe(true);
      const current = await store.get(place("loc-1"));
      expect(await store.put(pair("slow"), { expectedVersion: first })).toEqual({ stored: false, current });
      expect(await store.put(pair("blind"), { expectedVersion: 0 })).toEqual({ stored: false, current });
      expect((await store.get(place("loc-1")))?.accessToken).toBe("access-2");
    });

    test("does not write what was deleted meanwhile, nor over a new installation", async ({ store, other }, expect) => {
      const old = versionOf(await store.put(pair("1"), { expectedVersion: 0 }));
      expect(await other.delete(place("loc-1"))).toEqual({ deleted: true });
      expect(await store.put(pair("slow"), { expectedVersion: old })).toEqual({ stored: false, current: undefined });
      const anew = versionOf(await other.put(pair("2"), { expectedVersion: 0 }));
      expect(anew > old).toBe(true);
      expect((await store.put(pair("slow"), { expectedVersion: old })).stored).toBe(false);
      expect(await store.delete(place("loc-1"), { expectedVersion: old })).toEqual({ deleted: false });
      expect(await store.delete(place("loc-1"), { expectedVersion: anew })).toEqual({ deleted: true });
    });

    test("lets one of many writers win", async ({ store, other }, expect) => {
      for (let round = 0; round < 3; round += 1) {
        const before = (await store.get(place("loc-1")))?.version ?? 0;
        const marks = Array.from({ length: 20 }, (_, at) => `${round}-${at}`);
        const results = await Promise.all(
          marks.map((mark, at) => (at % 2 === 0 ? store : other).put(pair(mark), { expectedVersion: before })),
        );
        const winners = results.flatMap((result, at) => (result.stored ? [{ mark: marks[at], version: result.version }] : []));
        expect(winners.length).toBe(1);
        const read = await other.get(place("loc-1"));
        expect({ accessToken: read?.accessToken, version: read?.version }).toEqual({
          accessToken: `access-${winners[0]?.mark}`,
          version: winners[0]?.version,
        });
      }
    });

    test("loses no update when everyone reads, changes and tries again", async ({ store, other }, expect) => {
      await store.put(pair("1", { extra: { count: 0 } }), { expectedVersion: 0 });
      const increment = async (through: TokenStore): Promise<void> => {
        for (;;) {
          const read = await through.get(place("loc-1"));
          if (read === undefined) throw new Error("The record is gone.");
          const next = { ...read, extra: { count: Number(read.extra["count"]) + 1 } };
          if ((await through.put(next, { expectedVersion: read.version })).stored) return;
        }
      };
      await Promise.all(Array.from({ length: 10 }, (_, at) => increment(at % 2 === 0 ? store : other)));
      expect((await store.get(place("loc-1")))?.extra).toEqual({ count: 10 });
    });

    test("keeps apps, kinds and resources apart", async ({ store }, expect) => {
      const keys = [place("x"), place("y"), place("x", { app: "app-b" }), place("x", { kind: "company" }), place("X"), place("x ")];
      for (const [at, principal] of keys.entries())
        expect((await store.put(pair(`${at}`, { principal }), { expectedVersion: 0 })).stored).toBe(true);
      await store.delete(place("y"));
      const read = await Promise.all(keys.map(async (key) => (await store.get(key))?.accessToken));
      expect(read).toEqual(["access-0", undefined, "access-2", "access-3", "access-4", "access-5"]);
    });

    test("refuses invalid keys and records, without showing a token", async ({ store }, expect) => {
      const bad = [place(""), place("a\nb"), place("a", { app: "" }), place("x".repeat(501)), place("a", { kind: "user" as "location" })];
      for (const principal of bad) expect((await rejection(store.get(principal))).code).toBe("invalid_request");
      const wrong = [
        pair("secret", { principal: place("") }),
        pair("secret", { expiresAt: Number.NaN }),
        pair("secret", { accessToken: "" }),
      ];
      for (const record of wrong) {
        const { code, text } = await rejection(store.put(record, { expectedVersion: 0 }));
        expect(code).toBe("invalid_request");
        expect(/access-|refresh-/.test(text)).toBe(false);
      }
      expect((await rejection(store.put(pair("1"), { expectedVersion: -1 }))).code).toBe("invalid_request");
    });

    describeTokenIntents(test);
    describeTokenLists(test);
  });
}

function versionOf(result: WriteResult<unknown>): number {
  if (!result.stored) throw new Error("The write was refused.");
  return result.version;
}
