import { describe, expect, it } from "vitest";
import { ghlError } from "@ghlkit/core";
import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { bulk, type BulkOptions, type BulkRun, type RowOutcome, type StepResult } from "../../src/bulk/index.ts";

type Options = Partial<BulkOptions<number, object>>;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const outcome = (name: string): Promise<StepResult> => Promise.resolve({ outcome: name });

function setUp() {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  const start = (options: Options = {}): BulkRun =>
    bulk({ with: () => ({}) }, { id: "leads", journal, clock, source: numbers(20), batchSize: 2, step: () => outcome("done"), ...options });
  return { clock, journal, start };
}

async function linesOf(run: BulkRun): Promise<number[]> {
  const list: RowOutcome[] = [];
  for await (const one of run.results()) list.push(one);
  return list.map(({ line }) => line);
}

/** A journal of a process that dies when it writes so many times. */
function dyingAt(journal: Journal, writes: number): Journal {
  let left = writes;
  const dies = (): boolean => left-- <= 0;
  const dead = new Promise<never>(() => {});
  return {
    ...journal,
    start: (key, options) => (dies() ? dead : journal.start(key, options)),
    finish: (key, result) => (dies() ? dead : journal.finish(key, result)),
    extend: () => dead,
  };
}

describe("bulk after a crash", () => {
  it("goes back to a batch that is far behind the last one", async () => {
    const { clock, journal, start } = setUp();
    const dead = new Promise<never>(() => {});
    // The first row hangs while eight batches are committed.
    const first = start({
      journal: { ...journal, extend: () => dead, start: (key, how) => (key.endsWith("/9") ? dead : journal.start(key, how)) },
      step: (row) => (row === 0 ? dead : outcome("done")),
    });
    void first.finished;
    for (let turn = 0; turn < 50; turn += 1) await clock.advance(1);
    expect((await linesOf(first)).length).toBe(16);
    const rows: number[] = [];
    const run = start({ step: (row) => (rows.push(row), outcome("again")) });
    expect(await runOnClock(clock, () => run.finished)).toEqual({ outcome: "completed", rows: 20, counts: { done: 16, again: 4 } });
    expect(rows).toEqual([0, 1, 18, 19]);
    expect(await linesOf(run)).toEqual(numbers(20).map((row) => row + 1));
  });

  it("has one outcome for each row wherever it was in the journal, also when a slow batch is committed last", async () => {
    for (let writes = 0; writes < 24; writes += 1) {
      const { clock, journal, start } = setUp();
      const slow = (row: number): Promise<StepResult> =>
        new Promise((resolve) => clock.after(row === 2 ? 50 : 10, () => resolve({ outcome: "done" })));
      void start({ journal: dyingAt(journal, writes), step: slow }).finished;
      await clock.advance(1000);
      const run = start({ step: slow });
      const summary = await runOnClock(clock, () => run.finished);
      expect([writes, summary]).toEqual([writes, { outcome: "completed", rows: 20, counts: { done: 20 } }]);
      expect(await linesOf(run)).toEqual(numbers(20).map((row) => row + 1));
    }
  });

  it("completes though the journal has forgotten the beginning of the run", async () => {
    const { clock, journal, start } = setUp();
    const stoppedAt = async (last: number): Promise<void> => {
      const stop = new AbortController();
      const step = (row: number): Promise<StepResult> => (row === last && stop.abort(), outcome("done"));
      await runOnClock(clock, () => start({ step, signal: stop.signal, concurrency: 1 }).finished);
    };
    await stoppedAt(7);
    await clock.advance(10_000);
    await stoppedAt(13);
    expect((await journal.prune({ olderThanMs: 9000 })).pruned).toBeGreaterThan(0);
    const run = start({ step: () => outcome("again") });
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ outcome: "completed", rows: 20 });
    expect(await linesOf(run)).toEqual(numbers(20).map((row) => row + 1));
  });

  it("does not wait for a source that has no next row when it is stopped, or when a step has failed", async () => {
    const { clock, start } = setUp();
    async function* stuck(): AsyncIterableIterator<number> {
      yield* [0, 1];
      await new Promise(() => {});
    }
    const stop = new AbortController();
    const stopped = start({ source: stuck(), signal: stop.signal }).finished;
    await clock.advance(10);
    stop.abort();
    expect(await stopped).toMatchObject({ outcome: "stopped", reason: "aborted", rows: 2 });
    await clock.advance(10);
    const failed = start({
      id: "another",
      source: stuck(),
      step: () => Promise.reject(ghlError("token_revoked", "revoked", { status: 401 })),
    });
    await expect(failed.finished).rejects.toMatchObject({ code: "token_revoked" });
  });

  it("refuses another source for a run that is complete", async () => {
    const { clock, start } = setUp();
    const source = (fingerprint: string) => ({ fingerprint, rows: async function* () {} });
    await runOnClock(clock, () => start({ source: source("monday") }).finished);
    await expect(start({ source: source("tuesday") }).finished).rejects.toThrow(/source of the run leads is not the one/);
  });

  it("has keys for its rows that no other run has", async () => {
    const { clock, start } = setUp();
    const keys: string[] = [];
    const step: Options["step"] = (_, at) => (keys.push(at.key), outcome("done"));
    await runOnClock(clock, () => start({ step, source: [0] }).finished);
    const dying = start({ id: "leads#1", source: [0] });
    await runOnClock(clock, () => dying.finished);
    expect(keys).toEqual(["bulk:leads/#1"]);
  });

  it("refuses keepFree without a quota before it takes the run", async () => {
    const { start, journal } = setUp();
    expect(() => start({ daily: { keepFree: 10 } })).toThrow(/needs quota/);
    expect(await journal.get("bulk:leads")).toBeUndefined();
  });
});
