import { describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import type { LocationWork } from "../../../src/locations/index.ts";
import { createLocationWorkers, type HandedOutJob, type JobOutcome, type JobQueue } from "../../../src/locations/node/index.ts";

type Handler = (jobs: HandedOutJob<never>[]) => Promise<JobOutcome[]>;

/** A queue that keeps what is put into it, and fails while it is down. */
function setUp(
  work: LocationWork<string, number, undefined>,
  { attempts = 1, store }: { attempts?: number; store?: (journal: Journal) => Journal } = {},
) {
  const clock = createManualClock();
  const { journal: kept } = createMemoryStorage({ clock });
  const journal = store?.(kept) ?? kept;
  const sent: { readonly data: unknown; readonly singletonKey: unknown }[] = [];
  const state = { isDown: false, policy: undefined as unknown };
  const answer = (): Promise<unknown> => (state.isDown ? Promise.reject(new Error("the database is away")) : Promise.resolve());
  let handler: Handler = () => Promise.reject(new Error("not started"));
  const boss: JobQueue = {
    createQueue: (_, options) => ((state.policy = (options as { policy?: unknown }).policy), answer()),
    insert: (_, jobs) => (sent.push(...jobs), answer()),
    send: (_, data, options) => (sent.push({ data, singletonKey: (options as { singletonKey?: unknown }).singletonKey }), answer()),
    work: (_, __, handle) => ((handler = handle as unknown as Handler), answer()),
    offWork: answer,
  };
  const workers = createLocationWorkers({ boss, journal, client: { location: (id: string) => id }, name: "test", clock, attempts, work });
  const handOut = (...ids: string[]): Promise<JobOutcome[]> =>
    handler(ids.map((id) => ({ id, data: { key: "nightly", locationId: id, failures: 0 } as never })));
  return { clock, journal, workers, sent, state, handOut };
}

describe("a job of locations", () => {
  it("is handed out again when what is left cannot be sent, and fails neither its location nor the jobs beside it", async () => {
    const { workers, state, handOut, clock } = setUp((id) => Promise.resolve(id === "a" ? { done: false, cursor: 1 } : { done: true }));
    await workers.enqueue("nightly", ["a", "b"]);
    await workers.start();
    state.isDown = true;
    expect(await handOut("a", "b")).toEqual([
      { id: "a", status: "failed", output: { message: "the database is away" } },
      { id: "b", status: "completed" },
    ]);
    await clock.advance(10);
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
});
