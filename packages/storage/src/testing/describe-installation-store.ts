import type { InstallationQuery, InstallationState, InstallationStore } from "../installation-store.ts";
import { difficult, installed, place } from "./samples.ts";
import { collect, rejection, testsWith, type StoreFactory } from "./store-under-test.ts";
import type { SuiteRunner } from "./suite-runner.ts";

/** What every {@link InstallationStore} must do. Run it with the functions of your test runner. */
export function describeInstallationStore(factory: StoreFactory<InstallationStore>, runner: SuiteRunner): void {
  runner.describe("InstallationStore", () => {
    const test = testsWith(factory, runner);

    test("gives an installation back as it was put, unknown facts and parked events included", async ({ store, other }, expect) => {
      expect(await store.get(place("loc-1"))).toBe(undefined);
      const parked = [{ type: "INSTALL", receivedAt: 5, body: difficult }];
      const record = installed("loc-1", { reason: "why 🦷", facts: { ...difficult, scopes: ["a"] }, parked, installedAt: 1 });
      const written = await store.put(record, { expectedVersion: 0 });
      const read = await other.get(place("loc-1"));
      const { version, createdAt, updatedAt, stateSince } = read ?? {};
      expect(written).toEqual({ stored: true, version });
      expect(read).toEqual({ ...record, version, createdAt, updatedAt, stateSince });
      expect([updatedAt, stateSince]).toEqual([createdAt, createdAt]);
    });

    test("parks an event of a location whose company is not known yet", async ({ store }, expect) => {
      const { companyId: _unknown, ...record } = installed("loc-1", { state: "pending" });
      await store.put({ ...record, parked: [{ type: "INSTALL", receivedAt: 5, body: { locationId: "loc-1" } }] }, { expectedVersion: 0 });
      const pending = await collect(store.list({ state: "pending" }));
      expect(pending.map(({ parked, companyId }) => [parked[0]?.type, companyId])).toEqual([["INSTALL", undefined]]);
    });

    test("says since when a state holds", async ({ store, advance }, expect) => {
      const put = async (state: InstallationState): Promise<void> => {
        const version = (await store.get(place("loc-1")))?.version ?? 0;
        expect((await store.put(installed("loc-1", { state }), { expectedVersion: version })).stored).toBe(true);
      };
      await put("pending");
      const first = await store.get(place("loc-1"));
      await advance(1000);
      await put("active");
      const second = await store.get(place("loc-1"));
      await advance(1000);
      await put("active");
      const third = await store.get(place("loc-1"));
      expect([second?.createdAt, third?.createdAt]).toEqual([first?.createdAt, first?.createdAt]);
      expect((second?.stateSince ?? 0) - (first?.stateSince ?? 0) >= 1000).toBe(true);
      expect(third?.stateSince).toBe(second?.stateSince);
      expect((third?.updatedAt ?? 0) - (second?.updatedAt ?? 0) >= 1000).toBe(true);
    });

    test("never puts an older record over a newer one", async ({ store, other }, expect) => {
      const first = await store.put(installed("loc-1"), { expectedVersion: 0 });
      const version = first.stored ? first.version : 0;
      await other.put(installed("loc-1", { state: "uninstalled", uninstalledAt: 9 }), { expectedVersion: version });
      const current = await store.get(place("loc-1"));
      expect(await store.put(installed("loc-1", { reason: "slow" }), { expectedVersion: version })).toEqual({ stored: false, current });
      expect(await store.put(installed("loc-1"), { expectedVersion: 0 })).toEqual({ stored: false, current });
      expect(current?.uninstalledAt).toBe(9);
    });

    test("lets one of many writers win", async ({ store, other }, expect) => {
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          (at % 2 === 0 ? store : other).put(installed("loc-1", { reason: `${at}` }), { expectedVersion: 0 }),
        ),
      );
      expect(results.filter(({ stored }) => stored).length).toBe(1);
      expect((await store.get(place("loc-1")))?.reason).toBe(`${results.findIndex(({ stored }) => stored)}`);
    });

    test("forgets on request; its versions do not come back", async ({ store, other }, expect) => {
      const first = await store.put(installed("loc-1"), { expectedVersion: 0 });
      expect(await other.delete(place("loc-1"))).toEqual({ deleted: true });
      expect(await other.delete(place("loc-1"))).toEqual({ deleted: false });
      await other.put(installed("loc-1"), { expectedVersion: 0 });
      expect((await store.put(installed("loc-1"), { expectedVersion: first.stored ? first.version : 0 })).stored).toBe(false);
    });

    test("lists by app, kind, company and state, page by page", async ({ store }, expect) => {
      await store.put(installed("a"), { expectedVersion: 0 });
      await store.put(installed("b", { state: "suspended", companyId: "com-2" }), { expectedVersion: 0 });
      await store.put(installed("c", { state: "needs_reconnect" }), { expectedVersion: 0 });
      await store.put(installed("d", { state: "uninstalled" }), { expectedVersion: 0 });
      await store.put(installed("e", { principal: place("e", { app: "app-b" }) }), { expectedVersion: 0 });
      await store.put(installed("f", { principal: place("f", { kind: "company" }) }), { expectedVersion: 0 });
      const listed = async (query: InstallationQuery): Promise<string[]> => {
        const sizes = [1, 2, 100].map(async (pageSize) => {
          const found = await collect(store.list({ ...query, pageSize }));
          return found.map(({ principal }) => principal.resource).join("");
        });
        return [...new Set(await Promise.all(sizes))];
      };
      expect(await listed({})).toEqual(["fabcde"]);
      expect(await listed({ app: "app-a" })).toEqual(["fabcd"]);
      expect(await listed({ kind: "company" })).toEqual(["f"]);
      expect(await listed({ companyId: "com-2" })).toEqual(["b"]);
      expect(await listed({ state: "active" })).toEqual(["fae"]);
      expect(await listed({ state: ["suspended", "needs_reconnect"], app: "app-a" })).toEqual(["bc"]);
      expect(await listed({ state: [] })).toEqual([""]);
    });

    test("goes through an agency of 320 locations", async ({ store }, expect) => {
      const names = Array.from({ length: 320 }, (_, at) => `loc-${String(at).padStart(3, "0")}`);
      await Promise.all(names.map((name) => store.put(installed(name), { expectedVersion: 0 })));
      const found = await collect(store.list({ companyId: "com-1", state: "active" }));
      expect(found.map(({ principal }) => principal.resource)).toEqual(names);
    });

    test("refuses a state that is none", async ({ store }, expect) => {
      const wrong = store.put(installed("loc-1", { state: "gone" as "active" }), { expectedVersion: 0 });
      expect((await rejection(wrong)).code).toBe("invalid_request");
    });
  });
}
