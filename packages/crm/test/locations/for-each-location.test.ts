import { describe, expect, expectTypeOf, it } from "vitest";
import { ghlError } from "@ghlkit/core";
import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Installation, type Journal } from "@ghlkit/storage";
import { forEachLocation, type LocationContext, type LocationsReport, type Slice } from "../../src/locations/index.ts";

function setUp() {
  const clock = createManualClock();
  const { journal, installations } = createMemoryStorage({ clock });
  const client = { location: (id: string) => ({ id }), auth: { app: { clientId: "app" }, stores: { installations } } };
  const install = (resource: string, state: Installation["state"], app = "app") =>
    installations.put({ principal: { app, kind: "location", resource }, state, facts: {}, parked: [] }, { expectedVersion: 0 });
  const options = { key: "nightly", journal, clock, locations: ["a", "b", "c"] };
  return { clock, journal, client, install, options };
}

const done = Promise.resolve({ done: true } as const);

describe("forEachLocation", () => {
  it("has an outcome for every installation, and none for what was uninstalled or is another app's", async () => {
    const { client, install, options } = setUp();
    await install("a", "active");
    await install("b", "needs_reconnect");
    await install("c", "uninstalled");
    await install("d", "active", "another");
    await install("e", "suspended");
    const { locations: _, ...all } = options;
    const report = await forEachLocation(client, all, ({ id }) => Promise.resolve({ done: true, result: `did ${id}` }));
    expectTypeOf(report).toEqualTypeOf<LocationsReport<string>>();
    expect(report).toEqual({
      done: 1,
      skipped: 2,
      failed: 0,
      locations: [
        { locationId: "a", outcome: "done", how: "now", result: "did a" },
        { locationId: "b", outcome: "skipped", reason: "needs_reconnect" },
        { locationId: "e", outcome: "skipped", reason: "suspended" },
      ],
    });
  });

  it("does a location once for a key, and tries again what failed", async () => {
    const { clock, client, options } = setUp();
    const calls: string[] = [];
    let isBroken = true;
    const work = ({ id }: { id: string }) => {
      calls.push(id);
      return id === "b" && isBroken ? Promise.reject(new Error("broken")) : done;
    };
    expect(await forEachLocation(client, options, work)).toMatchObject({ done: 2, failed: 1 });
    isBroken = false;
    await clock.advance(2);
    const again = await forEachLocation(client, options, work);
    expect(again.locations.map((location) => location.outcome === "done" && location.how)).toEqual(["before", "now", "before"]);
    expect(calls).toEqual(["a", "b", "c", "b"]);
  });

  it("cuts the work in slices, has the others take their turn in between, and hands the cursor on", async () => {
    const { clock, client, options } = setUp();
    const turns: string[] = [];
    const work = async ({ id }: { id: string }, at: LocationContext<number>): Promise<Slice<number, number>> => {
      let page = at.cursor ?? 0;
      turns.push(`${id}${page}`);
      while (page < 6) {
        await new Promise<void>((resolve) => clock.after(2000, resolve));
        page += 1;
        if (at.isOver() && page < 6) return { done: false, cursor: page };
      }
      return { done: true, result: page };
    };
    const report = await runOnClock(clock, () => forEachLocation(client, { ...options, concurrency: 1 }, work));
    expect(turns).toEqual(["a0", "b0", "c0", "a3", "b3", "c3"]);
    expect(report.locations.map((location) => location.outcome === "done" && location.result)).toEqual([6, 6, 6]);
  });

  it("asks the journal as often for the hundredth slice as for the tenth", async () => {
    const { clock, client, options, journal } = setUp();
    let calls = 0;
    const counted = new Proxy(journal, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...parts: readonly unknown[]) => unknown;
        return (...parts: readonly unknown[]) => ((calls += 1), method(...parts));
      },
    });
    const callsAt: number[] = [];
    const work = async (_: { id: string }, at: LocationContext<number>): Promise<Slice<number, undefined>> => {
      callsAt.push(calls);
      await new Promise<void>((resolve) => clock.after(2, resolve));
      return callsAt.length === 100 ? { done: true } : { done: false, cursor: (at.cursor ?? 0) + 1 };
    };
    await runOnClock(clock, () => forEachLocation(client, { ...options, locations: ["a"], journal: counted }, work));
    const perSlice = (slice: number): number => (callsAt[slice] ?? 0) - (callsAt[slice - 1] ?? 0);
    expect([perSlice(10), perSlice(99)]).toEqual([7, 7]);
  });

  it("goes on from the last cursor behind a process that died, with a higher fence", async () => {
    const { clock, client, options, journal } = setUp();
    const seen: LocationContext<number>[] = [];
    const work = async (_: { id: string }, at: LocationContext<number>): Promise<Slice<number, undefined>> => {
      seen.push(at);
      if (at.cursor === undefined) return { done: false, cursor: 1 };
      if (seen.length === 2) return new Promise(() => {});
      return { done: true };
    };
    const dead: Journal = {
      ...journal,
      extend: (_key, { leaseMs }) => (leaseMs === 1 ? journal.extend(_key, { attempt: 1, leaseMs }) : new Promise(() => {})),
    };
    void forEachLocation(client, { ...options, locations: ["a"], journal: dead }, work);
    await clock.advance(10);
    const report = await runOnClock(clock, () => forEachLocation(client, { ...options, locations: ["a"] }, work));
    expect(report).toMatchObject({ done: 1 });
    expect(seen.map(({ cursor, isRepeat }) => [cursor, isRepeat])).toEqual([
      [undefined, false],
      [1, false],
      [1, true],
    ]);
    expect(seen[2]?.fence).toBeGreaterThan(seen[1]?.fence ?? Infinity);
    expect(seen[1]?.signal.aborted).toBe(true);
  });

  it("keeps no cursor of a process that is late, though it does not know it yet", async () => {
    const { clock, client, options, journal } = setUp();
    const cursors: (number | undefined)[] = [];
    let wake = (): void => {};
    const late = new Promise<void>((resolve) => (wake = resolve));
    // Its timers do not fire, as in a process that is suspended.
    const suspended = { ...clock, after: () => () => {} };
    void forEachLocation(client, { ...options, locations: ["a"], clock: suspended }, async (_, at: LocationContext<number>) => {
      if (at.cursor !== undefined) return { done: true };
      await late;
      return { done: false, cursor: 100 };
    });
    await clock.advance(20_000);
    let isFirst = true;
    const work = async (_: { id: string }, at: LocationContext<number>): Promise<Slice<number, undefined>> => {
      cursors.push(at.cursor);
      if (isFirst) {
        isFirst = false;
        wake();
        await clock.advance(1);
        return { done: false, cursor: 1 };
      }
      return { done: true };
    };
    expect(await runOnClock(clock, () => forEachLocation(client, { ...options, locations: ["a"] }, work))).toMatchObject({ done: 1 });
    expect(cursors).toEqual([undefined, 1]);
    expect((await journal.get("locations:nightly:a/0"))?.outcome).toEqual({ cursor: 1 });
  });

  it("is shared by processes with one journal: each location is done once", async () => {
    const { clock, client, options } = setUp();
    const calls: string[] = [];
    const locations = Array.from({ length: 20 }, (_, index) => `l${index}`);
    const work = async ({ id }: { id: string }) => {
      calls.push(id);
      await new Promise<void>((resolve) => clock.after(500, resolve));
      return { done: true } as const;
    };
    const reports = await runOnClock(clock, () =>
      Promise.all([1, 2, 3].map(() => forEachLocation(client, { ...options, locations, concurrency: 5 }, work))),
    );
    expect(calls.toSorted()).toEqual(locations.toSorted());
    expect(reports.map((report) => report.done)).toEqual([20, 20, 20]);
    const now = reports.flatMap((report) => report.locations.filter((one) => one.outcome === "done" && one.how === "now"));
    expect(now.length).toBe(20);
  });

  it("is stopped by its signal, and goes on later", async () => {
    const { clock, client, options } = setUp();
    const stop = new AbortController();
    const work = async ({ id }: { id: string }, { signal }: LocationContext<undefined>) => {
      if (id === "b") stop.abort();
      signal.throwIfAborted();
      return { done: true } as const;
    };
    await expect(forEachLocation(client, { ...options, concurrency: 1, signal: stop.signal }, work)).rejects.toMatchObject({
      code: "aborted",
    });
    await clock.advance(2);
    const report = await forEachLocation(client, options, () => done);
    expect(report.locations.map((location) => location.outcome === "done" && location.how)).toEqual(["before", "now", "now"]);
  });

  it("ends when the journal cannot be reached: no location can be reported then", async () => {
    const { client, options, journal } = setUp();
    const away: Journal = {
      ...journal,
      finish: () => Promise.reject(ghlError("storage", "The store is away.", { reason: "unavailable" })),
    };
    await expect(forEachLocation(client, { ...options, journal: away }, () => done)).rejects.toMatchObject({ code: "storage" });
  });

  it("refuses what cannot be used", async () => {
    const { client, options } = setUp();
    const { locations: _, ...all } = options;
    await expect(forEachLocation({ location: client.location }, all, () => done)).rejects.toThrow(/name the locations/);
    await expect(forEachLocation(client, { ...options, key: "a/b" }, () => done)).rejects.toThrow(/no "\/"/);
    await expect(forEachLocation(client, { ...options, locations: ["a", "a/0"] }, () => done)).rejects.toThrow(/"a\/0" is no id/);
    await expect(forEachLocation(client, { ...options, concurrency: 0 }, () => done)).rejects.toThrow(/concurrency/);
  });
});
