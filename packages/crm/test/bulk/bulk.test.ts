import { describe, expect, it } from "vitest";
import { ghlError, type Trace } from "@ghlkit/core";
import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { bulk, type BulkOptions, type BulkProgress, type BulkRun, type RowOutcome, type StepResult } from "../../src/bulk/index.ts";

interface Lead {
  readonly email: string;
}

const leads = (count: number): Lead[] => Array.from({ length: count }, (_, index) => ({ email: `${index}@example.com` }));

function setUp() {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  const location = { with: ({ priority }: { readonly priority: string }) => ({ priority }) };
  const start = (
    options: Partial<BulkOptions<Lead, { priority: string }>> & Pick<BulkOptions<Lead, { priority: string }>, "step">,
  ): BulkRun => bulk(location, { id: "leads", journal, clock, source: leads(10), batchSize: 3, ...options });
  return { clock, journal, start };
}

async function* numbered(rows: readonly Lead[]): AsyncIterableIterator<{ readonly line: number; readonly row: Lead }> {
  for (const [at, row] of rows.entries()) yield { line: at + 1, row };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const created = (row: Lead): Promise<StepResult> => Promise.resolve({ outcome: "created", id: row.email } as StepResult);

/** The row's calls fail with each of the errors, one after the other, and succeed then. */
function failing(errors: readonly unknown[]) {
  let calls = 0;
  return {
    calls: () => calls,
    step: (row: Lead): Promise<StepResult> => (calls < errors.length ? Promise.reject(errors[calls++] as Error) : created(row)),
  };
}

describe("bulk", () => {
  it("gives each row one outcome, in the order of the source", async () => {
    const { clock, start } = setUp();
    const run = start({
      step: (row, { line }) =>
        Promise.resolve(line === 4 ? { outcome: "conflict", byEmail: "a" } : { outcome: "created", contact: { id: row.email } }),
    });
    const summary = await runOnClock(clock, () => run.finished);
    expect(summary).toEqual({ outcome: "completed", rows: 10, counts: { created: 9, conflict: 1 } });
    const results = await all(run.results());
    expect(results.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(results[0]).toEqual({ line: 1, outcome: "created", id: "0@example.com" });
    expect(results[3]).toEqual({ line: 4, outcome: "conflict", detail: '{"byEmail":"a"}' });
  });

  it("runs each step by the trace that it is given, failures included", async () => {
    const { clock, start } = setUp();
    const traced: unknown[] = [];
    const trace: Trace = async (work, about) => {
      const result = await work().catch((error: unknown) => {
        traced.push("failed");
        throw error;
      });
      traced.push(about);
      return result;
    };
    const { step } = failing([ghlError("validation", "x", { status: 422, fields: [] })]);
    const run = start({ step, trace, source: leads(2) });
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ counts: { failed: 1, created: 1 } });
    expect(traced).toHaveLength(2);
    expect(traced).toEqual(expect.arrayContaining(["failed", { name: "bulk.row", attributes: { "ghlkit.bulk.id": "leads" } }]));
  });

  it("hands the step the client in the bulk lane", async () => {
    const { clock, start } = setUp();
    const lanes = new Set<string>();
    const step = (row: Lead, { location }: { readonly location: { priority: string } }) => (lanes.add(location.priority), created(row));
    await runOnClock(clock, () => start({ step }).finished);
    expect([...lanes]).toEqual(["bulk"]);
  });

  it("does nothing when it has been done", async () => {
    const { clock, start } = setUp();
    const first = await runOnClock(clock, () => start({ step: created }).finished);
    const again = start({ step: () => Promise.reject(new Error("called")) });
    expect(await runOnClock(clock, () => again.finished)).toEqual(first);
    expect((await all(again.results())).length).toBe(10);
  });

  it("is stopped by its signal, and goes on where it stopped", async () => {
    const { clock, start } = setUp();
    const stop = new AbortController();
    const seen: string[] = [];
    const step = (row: Lead): Promise<StepResult> => {
      seen.push(row.email);
      if (seen.length === 5) stop.abort();
      return created(row);
    };
    const stopped = await runOnClock(clock, () => start({ step, signal: stop.signal, concurrency: 1 }).finished);
    expect(stopped).toMatchObject({ outcome: "stopped", reason: "aborted", rows: 3 });
    const repeats: boolean[] = [];
    const rest: string[] = [];
    const run = start({
      step: (row, { isRepeat }) => {
        rest.push(row.email);
        repeats.push(isRepeat);
        return created(row);
      },
      concurrency: 1,
    });
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ outcome: "completed", rows: 10 });
    expect(rest).toEqual(
      leads(10)
        .slice(3)
        .map(({ email }) => email),
    );
    // Only the batches that were open are doubtful.
    expect(repeats.filter(Boolean).length).toBeLessThanOrEqual(6);
  });

  it("goes on after a process that died, with its open rows marked as repeats, and calls their records adopted", async () => {
    const { clock, journal, start } = setUp();
    const dead = new Promise<never>(() => {});
    const dying: Journal = {
      ...journal,
      extend: () => dead,
      finish: (key, result) => (key.endsWith("/1") ? dead : journal.finish(key, result)),
    };
    void start({ step: created, journal: dying }).finished;
    await clock.advance(10);
    const step = (row: Lead, { isRepeat }: { readonly isRepeat: boolean }): Promise<StepResult> =>
      Promise.resolve({ outcome: isRepeat ? "updated" : "created", id: row.email } as StepResult);
    const run = start({ step });
    const states: BulkProgress[] = [];
    const watched = (async () => {
      for await (const state of run.progress()) states.push(state);
    })();
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ outcome: "completed", rows: 10 });
    await watched;
    const results = await all(run.results());
    expect(results.slice(3, 6).map(({ outcome }) => outcome)).toEqual(["adopted", "adopted", "adopted"]);
    expect(states.some(({ waitingFor }) => waitingFor === "lease")).toBe(true);
    expect(states.at(-1)).toMatchObject({ done: 10, total: 10, waitingFor: undefined });
  });

  it("stops when another process has taken it over", async () => {
    const { clock, journal, start } = setUp();
    let takeOver: Promise<unknown> | undefined;
    const slow = start({
      journal: { ...journal, extend: () => Promise.reject(new Error("the store is away")) },
      concurrency: 1,
      step: (row) => new Promise((resolve) => clock.after(10_000, () => resolve({ outcome: "created", id: row.email } as StepResult))),
    });
    const failed = slow.finished.then(
      () => undefined,
      (error: unknown) => error,
    );
    await clock.advance(1000);
    takeOver = start({ step: created }).finished;
    expect(await runOnClock(clock, async () => (await takeOver, failed))).toMatchObject({ code: "in_progress" });
  });

  it("keeps rows of one person in order, others go side by side", async () => {
    const { clock, start } = setUp();
    const underWay = new Map<string, number>();
    let most = 0;
    let mostOfOne = 0;
    const step = async (row: Lead): Promise<StepResult> => {
      const email = row.email.toLowerCase();
      underWay.set(email, (underWay.get(email) ?? 0) + 1);
      most = Math.max(
        most,
        [...underWay.values()].reduce((a, b) => a + b, 0),
      );
      mostOfOne = Math.max(mostOfOne, underWay.get(email) ?? 0);
      await new Promise<void>((resolve) => clock.after(100, resolve));
      underWay.set(email, (underWay.get(email) ?? 0) - 1);
      return { outcome: "created" };
    };
    const source = [{ email: "A@example.com" }, { email: "a@example.com" }, ...leads(4), { email: " a@EXAMPLE.com" }];
    await runOnClock(clock, () => start({ source, step, batchSize: 4 }).finished);
    expect(mostOfOne).toBe(1);
    expect(most).toBeGreaterThan(2);
  });

  it("has at most so many rows under way", async () => {
    const { clock, start } = setUp();
    let underWay = 0;
    let most = 0;
    const step = async (): Promise<StepResult> => {
      most = Math.max(most, (underWay += 1));
      await new Promise<void>((resolve) => clock.after(100, resolve));
      underWay -= 1;
      return { outcome: "created" };
    };
    await runOnClock(clock, () => start({ source: leads(40), step, batchSize: 10, concurrency: 4 }).finished);
    expect(most).toBe(4);
  });
});

describe("bulk and failures", () => {
  const one = { source: leads(1) };
  const outcomeOf = async (errors: readonly unknown[]): Promise<readonly RowOutcome[]> => {
    const { clock, start } = setUp();
    const run = start({ ...one, step: failing(errors).step });
    await runOnClock(clock, () => run.finished);
    return all(run.results());
  };

  it("a refusal of the row is its outcome, and stops no other", async () => {
    const { clock, start } = setUp();
    const refused = ghlError("validation", "The phone is invalid.", { status: 422, fields: [] });
    const run = start({ step: (row, { line }) => (line === 2 ? Promise.reject(refused) : created(row)) });
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ counts: { created: 9, failed: 1 } });
    expect((await all(run.results()))[1]).toEqual({ line: 2, outcome: "failed", detail: "validation: The phone is invalid." });
  });

  it("a lost answer is looked at again, and a record that is there then is adopted", async () => {
    const { clock, start } = setUp();
    const repeats: boolean[] = [];
    const run = start({
      ...one,
      step: (_row, { isRepeat }) => {
        repeats.push(isRepeat);
        return isRepeat
          ? Promise.resolve({ outcome: "unchanged", contact: { id: "c" } })
          : Promise.reject(ghlError("outcome_unknown", "lost", {}));
      },
    });
    await runOnClock(clock, () => run.finished);
    expect(repeats).toEqual([false, true]);
    expect(await all(run.results())).toEqual([{ line: 1, outcome: "adopted", id: "c" }]);
  });

  it("a write that was accepted with an answer that cannot be read is looked at again, and adopted", async () => {
    const { clock, start } = setUp();
    const unreadable = ghlError("invalid_response", "cut off", { status: 201, accepted: true });
    const run = start({
      ...one,
      step: (_row, { isRepeat }) =>
        isRepeat ? Promise.resolve({ outcome: "unchanged", contact: { id: "c" } }) : Promise.reject(unreadable),
    });
    await runOnClock(clock, () => run.finished);
    expect(await all(run.results())).toEqual([{ line: 1, outcome: "adopted", id: "c" }]);
  });

  it("gives up on a row that fails again and again", async () => {
    const broken = Array.from({ length: 5 }, () => ghlError("server", "The platform failed.", { status: 500 }));
    expect(await outcomeOf(broken)).toEqual([{ line: 1, outcome: "failed", detail: "5 attempts: server: The platform failed." }]);
  });

  it("waits through an outage, however long", async () => {
    const down = Array.from({ length: 50 }, () => ghlError("circuit_open", "closed", { retryAfterMs: 10_000 }));
    expect(await outcomeOf(down)).toEqual([{ line: 1, outcome: "created", id: "0@example.com" }]);
  });

  it("waits for the day's reset, or stops there", async () => {
    const { clock, start } = setUp();
    const resetsAt = clock.now() + 60_000;
    const run = start({ ...one, step: failing([ghlError("rate_daily", "used up", { resetsAt })]).step });
    const states: BulkProgress[] = [];
    const watched = (async () => {
      for await (const state of run.progress()) states.push(state);
    })();
    await runOnClock(clock, () => run.finished);
    await watched;
    expect(clock.now()).toBeGreaterThanOrEqual(resetsAt);
    expect(states.map(({ waitingFor }) => waitingFor)).toContain("day");
    const stopping = start({
      ...one,
      id: "other",
      daily: { atEnd: "stop" },
      step: failing([ghlError("rate_daily", "used up", { resetsAt })]).step,
    });
    expect(await runOnClock(clock, () => stopping.finished)).toMatchObject({ outcome: "stopped", reason: "day_used_up", rows: 0 });
  });

  it("leaves calls of the day to others", async () => {
    const { clock, start } = setUp();
    let remaining = 8;
    const resetsAt = clock.now() + 60_000;
    const times: number[] = [];
    const run = start({
      concurrency: 2,
      daily: { keepFree: 5 },
      quota: () => ({ dailyRemaining: clock.now() < resetsAt ? remaining : 1000, dailyResetsAt: resetsAt, depth: 0 }),
      step: (row) => {
        remaining -= 1;
        times.push(clock.now());
        return created(row);
      },
    });
    await runOnClock(clock, () => run.finished);
    expect(times.filter((time) => time < resetsAt).length).toBe(3);
    expect(times.length).toBe(10);
  });

  it("ends with what concerns all rows, and keeps what is done", async () => {
    const { clock, start } = setUp();
    let isRevoked = true;
    const step = (row: Lead, { line }: { readonly line: number }) =>
      line === 8 && isRevoked ? Promise.reject(ghlError("token_revoked", "The token is dead.", { status: 401 })) : created(row);
    await expect(runOnClock(clock, () => start({ step, concurrency: 1 }).finished)).rejects.toMatchObject({ code: "token_revoked" });
    isRevoked = false;
    const run = start({ step, concurrency: 1 });
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ outcome: "completed", rows: 10, counts: { created: 10 } });
  });

  it("refuses a source that is not the one of the beginning", async () => {
    const { clock, start } = setUp();
    const source = (fingerprint: string) => ({
      fingerprint,
      rows: async function* () {
        for (const row of leads(10)) yield { line: 1, row };
      },
    });
    await expect(
      runOnClock(clock, () => start({ source: source("one"), step: () => Promise.reject(new Error("bug")) }).finished),
    ).rejects.toThrow("bug");
    await expect(runOnClock(clock, () => start({ source: source("two"), step: created }).finished)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("source of the run leads"),
    });
  });

  it("refuses another source though the process died while it noted the first", async () => {
    const { clock, journal, start } = setUp();
    const source = (fingerprint: string) => ({ fingerprint, rows: () => numbered(leads(10)) });
    await journal.start("bulk:leads/beginning", { leaseMs: 1 });
    await clock.advance(10);
    const bug = start({ source: source("one"), step: () => Promise.reject(new Error("bug")) });
    await expect(runOnClock(clock, () => bug.finished)).rejects.toThrow("bug");
    const other = start({ source: source("two"), step: created });
    await expect(runOnClock(clock, () => other.finished)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("waits no longer than the platform asked for when the clock is set back meanwhile", async () => {
    const { clock, start } = setUp();
    let setBackMs = 0;
    const machine = { ...clock, now: () => clock.now() - setBackMs, monotonic: () => clock.now() };
    const { step } = failing([ghlError("rate_burst", "Too many requests.", { status: 429, retryAfterMs: 10_000 })]);
    const begin = clock.now();
    clock.after(5000, () => void (setBackMs = 3_600_000));
    const run = start({ clock: machine, step });
    expect(await runOnClock(clock, () => run.finished)).toMatchObject({ counts: { created: 10 } });
    expect(clock.now() - begin).toBeLessThan(60_000);
  });

  it("refuses options that cannot be used", () => {
    const { start } = setUp();
    expect(() => start({ id: "a/b", step: created })).toThrow(/no "\/"/);
    expect(() => start({ concurrency: 0, step: created })).toThrow(/concurrency/);
    expect(() => start({ leaseMs: 1, step: created })).toThrow(/leaseMs/);
  });

  it("a dry run leaves the run itself alone", async () => {
    const { clock, start } = setUp();
    const dry = start({ dryRun: true, step: (_row, { isDryRun }) => Promise.resolve({ outcome: isDryRun ? "would create" : "created" }) });
    expect(await runOnClock(clock, () => dry.finished)).toMatchObject({ counts: { "would create": 10 } });
    expect(await runOnClock(clock, () => start({ step: created }).finished)).toMatchObject({ counts: { created: 10 } });
  });
});
