import { describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import type { LocationWork } from "../../../src/locations/index.ts";
import { createLocationWorkers, type JobQueue, type LocationEvent } from "../../../src/locations/node/index.ts";

/** A queue that keeps what is put into it, and fails while it is down. */
function setUp(
  work: LocationWork<string, number, undefined>,
  { attempts = 1, store }: { attempts?: number; store?: (journal: Journal) => Journal } = {},
) {
  const clock = createManualClock();
  const { journal: kept } = createMemoryStorage({ clock });
  const journal = store?.(kept) ?? kept;
  const sent: { readonly data: unknown; readonly singletonKey: unknown }[] = [];
  const state = { isDown: false, isFetchDown: false, policy: undefined as unknown };
  const answer = (): Promise<unknown> => (state.isDown ? Promise.reject(new Error("the database is away")) : Promise.resolve());
  const pending: string[] = [];
  const settled: { readonly id: string; readonly status: string; readonly output?: object }[] = [];
  const boss: JobQueue = {
    createQueue: (_, options) => ((state.policy = (options as { policy?: unknown }).policy), answer()),
    insert: (_, jobs) => (sent.push(...jobs), answer()),
    send: (_, data, options) => (sent.push({ data, singletonKey: (options as { singletonKey?: unknown }).singletonKey }), answer()),
    fetch: (_, { batchSize }) => {
      if (state.isFetchDown) return Promise.reject(new Error("the database is away"));
      const jobs = pending.splice(0, batchSize).map((id) => ({ id, data: { key: "nightly", locationId: id, failures: 0 } as never }));
      return Promise.resolve(jobs);
    },
    complete: (_, id) => Promise.resolve(settled.push({ id, status: "completed" })),
    fail: (_, id, output) => Promise.resolve(settled.push({ id, status: "failed", output })),
  };
  const events: LocationEvent[] = [];
  const onEvent = (event: LocationEvent): void => void events.push(event);
  const client = { location: (id: string) => id };
  const workers = createLocationWorkers({ boss, journal, client, name: "test", clock, attempts, work, onEvent, concurrency: 2 });
  const handOut = async (...ids: string[]) => {
    pending.push(...ids);
    await clock.advance(1000);
    return settled;
  };
  return { clock, journal, workers, sent, state, handOut, events, pending };
}

describe("a job of locations", () => {
  it("is handed out again when what is left cannot be sent, and fails neither its location nor the jobs beside it", async () => {
    const { workers, state, handOut } = setUp((id) => Promise.resolve(id === "a" ? { done: false, cursor: 1 } : { done: true }));
    await workers.enqueue("nightly", ["a", "b"]);
    await workers.start();
    state.isDown = true;
    expect((await handOut("a", "b")).toSorted((one, other) => one.id.localeCompare(other.id))).toEqual([
      { id: "a", status: "failed", output: { message: "the database is away" } },
      { id: "b", status: "completed" },
    ]);
    expect(await workers.status("nightly")).toMatchObject({ done: 1, failed: 0, waiting: 1 });
  });

  it("has one waiting job per location", async () => {
    const { workers, state, sent, handOut } = setUp(() => Promise.resolve({ done: false, cursor: 1 }));
    await workers.enqueue("nightly", ["a"]);
    await workers.start();
    await handOut("a");
    expect(state.policy).toBe("short");
    expect(sent.map(({ singletonKey }) => singletonKey)).toEqual(["locations:nightly:a", "locations:nightly:a"]);
  });

  it("starts when the database is there, though it was not at the first try", async () => {
    const { workers, state } = setUp(() => Promise.resolve({ done: true }));
    state.isDown = true;
    await expect(workers.start()).rejects.toThrow(/away/);
    state.isDown = false;
    await workers.start();
  });

  it("takes no more than it has hands for, and stops when those under way have ended", async () => {
    const ends: (() => void)[] = [];
    const { workers, handOut, pending, clock } = setUp(() => new Promise((resolve) => ends.push(() => resolve({ done: true }))));
    await workers.start();
    await handOut("a", "b", "c");
    expect([ends.length, pending.length]).toEqual([2, 1]);
    let isStopped = false;
    const stopping = workers.stop().then(() => (isStopped = true));
    await clock.advance(5000);
    expect(isStopped).toBe(false);
    for (const end of ends) end();
    await stopping;
    await clock.advance(5000);
    expect(pending).toEqual(["c"]);
    expect(clock.pending()).toBe(0);
  });

  it("looks again when the queue could not be reached, and reports both once", async () => {
    const { workers, state, handOut, events } = setUp(() => Promise.resolve({ done: true }));
    await workers.start();
    state.isFetchDown = true;
    await handOut("a");
    expect(events).toEqual([{ type: "queue_failed", reason: "the database is away" }]);
    state.isFetchDown = false;
    expect(await handOut()).toEqual([{ id: "a", status: "completed" }]);
    expect(events.slice(1)).toEqual([{ type: "queue_recovered" }, { type: "done", key: "nightly", locationId: "a" }]);
  });
});
