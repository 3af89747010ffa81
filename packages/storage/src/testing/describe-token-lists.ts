import type { TokenStore } from "../token-store.ts";
import { pair, place } from "./samples.ts";
import { collect, rejection, type testsWith } from "./store-under-test.ts";

/** What a {@link TokenStore} must do when it lists. */
export function describeTokenLists(test: ReturnType<typeof testsWith<TokenStore>>): void {
  test("lists every pair once and in order, whatever the size of a page", async ({ store }, expect) => {
    const names = Array.from({ length: 12 }, (_, at) => `loc-${String(at).padStart(2, "0")}`);
    for (const name of names.toReversed()) await store.put(pair(name, { principal: place(name) }), { expectedVersion: 0 });
    await store.put(pair("b", { principal: place("loc-00", { app: "app-b" }) }), { expectedVersion: 0 });
    await store.put(pair("c", { principal: place("loc-99", { kind: "company" }) }), { expectedVersion: 0 });
    const expected = ["company loc-99", ...names.map((name) => `location ${name}`), "location loc-00"];
    for (const pageSize of [1, 5, 7, 14, 100]) {
      const found = await collect(store.list({ pageSize }));
      expect(found.map(({ principal }) => `${principal.kind} ${principal.resource}`)).toEqual(expected);
    }
    expect(await collect(store.list({ app: "nobody" }))).toEqual([]);
  });

  test("lists by app, kind, company and the end of either token", async ({ store }, expect) => {
    const put = async (resource: string, more: Partial<ReturnType<typeof pair>>): Promise<unknown> =>
      store.put(pair(resource, { principal: place(resource), ...more }), { expectedVersion: 0 });
    await put("a", { expiresAt: 1000, refreshExpiresAt: 50_000 });
    await put("b", { expiresAt: 2000, companyId: "com-2" });
    await put("c", { expiresAt: 3000, refreshExpiresAt: 60_000 });
    await put("d", { expiresAt: 1000, principal: place("d", { app: "app-b" }) });
    await put("e", { expiresAt: 1000, principal: place("e", { kind: "company" }) });
    const listed = async (query: Parameters<TokenStore["list"]>[0]): Promise<string> =>
      (await collect(store.list({ pageSize: 2, ...query }))).map(({ principal }) => principal.resource).join("");
    expect(await listed({ app: "app-a" })).toBe("eabc");
    expect(await listed({ kind: "company" })).toBe("e");
    expect(await listed({ companyId: "com-2" })).toBe("b");
    expect(await listed({ app: "app-a", kind: "location", expiringBefore: 2000 })).toBe("a");
    expect(await listed({ expiringBefore: 2001 })).toBe("eabd");
    expect(await listed({ refreshExpiringBefore: 60_000 })).toBe("a");
    expect(await listed({ expiringBefore: 1000 })).toBe("");
  });

  test("goes on when records come and go meanwhile", async ({ store, other }, expect) => {
    for (const name of ["a", "b", "c", "d", "e"]) await store.put(pair(name, { principal: place(name) }), { expectedVersion: 0 });
    const seen: string[] = [];
    for await (const { principal } of store.list({ pageSize: 2 })) {
      seen.push(principal.resource);
      if (principal.resource !== "b") continue;
      await other.delete(place("a"));
      await other.delete(place("b"));
      await other.delete(place("c"));
    }
    expect(seen).toEqual(["a", "b", "d", "e"]);
  });

  test("gives the intent and the version in a list", async ({ store }, expect) => {
    const put = await store.put(pair("1"), { expectedVersion: 0 });
    const intent = { refreshTokenFingerprint: "f-1", owner: "process-1", attempt: 1 };
    await store.recordIntent(place("loc-1"), intent, { expectedVersion: put.stored ? put.version : 0 });
    expect(await collect(store.list())).toEqual([await store.get(place("loc-1"))]);
  });

  test("refuses a page size that is none", async ({ store }, expect) => {
    for (const pageSize of [0, -1, 1.5]) {
      const listing = (async () => collect(store.list({ pageSize })))();
      expect((await rejection(listing)).code).toBe("invalid_request");
    }
  });
}
