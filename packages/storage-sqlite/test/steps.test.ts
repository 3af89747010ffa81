import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import type { InboxQuery } from "@ghlkit/storage";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createSqliteStorage, type SqliteStores } from "../src/index.ts";
import { watchStatements } from "./watched-statements.ts";

// What a step does is counted instead of timed: rows that statements give or change between two turns of the event loop.

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-steps-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Filled {
  readonly stores: SqliteStores;
  readonly database: DatabaseSync;
  readonly close: () => Promise<void>;
}

/** An inbox of `rows` deliveries, every tenth in the state, the others as `rest`. */
async function fill(
  rows: number,
  { state, rest = state, sameTime = false }: { state: string; rest?: string; sameTime?: boolean },
): Promise<Filled> {
  const path = join(folder, `${(files += 1)}.db`);
  const stores = createSqliteStorage({ path, clock: createManualClock(10_000_000) });
  const database = new DatabaseSync(path);
  database.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into inbox (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic, state, attempts, duplicates, finished_at)
    select 'd' || i, 'h', 's', case when i % 2 = 0 then 'ContactCreate' else 'ContactUpdate' end, 'loc', 'contact:' || (i % 1000), i,
      ${sameTime ? 5 : "i"}, '{}', zeroblob(300), 0, case when i % 10 = 0 then '${state}' else '${rest}' end, 1, 0, i from n`);
  const close = async (): Promise<void> => {
    database.close();
    await stores.close();
  };
  return { stores, database, close };
}

/** A step of 256 rows looks at twice as many, and changes row and lane of each. */
const mostOfTurn = 2200;
const rows = 20_000;

describe.each([false, true])("with all rows of the same time: %s", (sameTime) => {
  it.each<[string, { state: string; rest?: string }, (stores: SqliteStores) => Promise<unknown>, unknown]>([
    ["forgets", { state: "done" }, ({ inbox }) => inbox.prune({ bodiesBefore: 0, idsBefore: 1e12 }), { ids: rows, bodies: 0 }],
    ["lets bodies go", { state: "ignored" }, ({ inbox }) => inbox.prune({ bodiesBefore: 1e12, idsBefore: 0 }), { ids: 0, bodies: rows }],
    [
      "forgets between dead ones",
      { state: "done", rest: "dead" },
      ({ inbox }) => inbox.prune({ bodiesBefore: 0, idsBefore: 1e12 }),
      { ids: rows / 10, bodies: 0 },
    ],
    ["replays", { state: "dead" }, ({ inbox }) => inbox.replay({ state: "dead" }), { replayed: rows }],
    [
      "replays few among many",
      { state: "dead", rest: "done" },
      ({ inbox }) => inbox.replay({ state: "dead", type: "ContactUpdate" }),
      { replayed: 0 },
    ],
    [
      "replays what is done",
      { state: "done" },
      ({ inbox }) => inbox.replay({ resource: "loc", type: "ContactCreate", since: 0 }),
      { replayed: rows / 2 },
    ],
    [
      "counts",
      { state: "dead", rest: "waiting" },
      ({ inbox }) => inbox.backlog(),
      expect.objectContaining({ dead: rows / 10, waiting: rows * 0.9 }),
    ],
    [
      "finds nothing",
      { state: "dead", rest: "done" },
      async ({ inbox }) => (await inbox.query({ state: "dead", type: "ContactUpdate" })).deliveries,
      [],
    ],
    ["finds", { state: "done" }, async ({ inbox }) => (await inbox.query({ type: "ContactUpdate", limit: 1000 })).deliveries.length, 1000],
  ])(
    "%s in steps",
    async (_name, state, act, expected) => {
      const { stores, close } = await fill(rows, { ...state, sameTime });
      let outcome: unknown;
      const { mostRows } = await watchStatements(async () => (outcome = await act(stores)));
      expect(outcome).toEqual(expected);
      expect(mostRows).toBeLessThan(mostOfTurn);
      await close();
    },
    120_000,
  );
});

it("prunes the journal in steps", async () => {
  const { stores, database, close } = await fill(1, { state: "done" });
  database.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into journal select 'k' || i, 'finished', 1, 1, 1, i, null from n`);
  let outcome: unknown;
  const { mostRows } = await watchStatements(async () => (outcome = await stores.journal.prune({ olderThanMs: 0 })));
  expect([outcome, mostRows < mostOfTurn]).toEqual([{ pruned: rows }, true]);
  await close();
}, 300_000);

it("takes small steps where bodies are large", async () => {
  const { stores, database, close } = await fill(100, { state: "done" });
  database.exec("update inbox set body = zeroblob(1000000)");
  const { mostChanged } = await watchStatements(() => stores.inbox.prune({ bodiesBefore: 1e12, idsBefore: 0 }));
  expect(mostChanged).toBe(1);
  await close();
}, 300_000);

it.each([
  ["small", 10, 5000, 400],
  ["large", 500_000, 30, 6],
])(
  "commits a burst of %s deliveries in several turns",
  async (_size, bytes, count, mostOfCommit) => {
    const { stores, close } = await fill(1, { state: "done" });
    const body = new Uint8Array(bytes);
    const { mostChanged } = await watchStatements(() =>
      Promise.all(
        Array.from({ length: count }, (_, at) => stores.inbox.insert(sampleDelivery(`b-${at}`, { entity: `contact:${at}`, body }))),
      ),
    );
    // A row of the delivery and one of its lane.
    expect(mostChanged).toBeLessThanOrEqual(mostOfCommit);
    expect(await stores.inbox.backlog()).toMatchObject({ waiting: count });
    await close();
  },
  120_000,
);

it("a delivery that arrives during a replay, or a dead one that dies again, is not replayed without end", async () => {
  const { stores, database, close } = await fill(3000, { state: "dead" });
  const replay = stores.inbox.replay({ state: "dead" });
  let done = false;
  void replay.then(() => (done = true));
  while (!done) {
    database.exec("update inbox set state = 'dead' where state = 'waiting' and seq % 7 = 0");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await replay).toEqual({ replayed: 3000 });
  await close();
}, 300_000);

/** One row, at most a thousand in the order of their key, or as many as the limit says in the order of arrival. */
const harmless = /^SCAN (inbox_beat|inbox_gaps|\(subquery|LIST SUBQUERY|inbox USING (COVERING )?INDEX inbox_time$)/;

describe("every statement", () => {
  const queries: readonly InboxQuery[] = [
    {},
    { since: 1, until: 2 },
    { type: "t" },
    { resource: "r" },
    { resource: "r", type: "t" },
    { entity: "e", type: "t", state: "dead" },
    { state: "dead", resource: "r" },
    { state: "done", type: "t" },
    { state: "waiting", since: 5 },
  ];

  it("finds its rows by an index, in its order", async () => {
    const { stores, database, close } = await fill(50, { state: "dead", rest: "done" });
    const { inbox, journal } = stores;
    const { sql } = await watchStatements(async () => {
      for (const query of queries) {
        const { next } = await inbox.query({ ...query, limit: 1 });
        await inbox.query({ ...query, limit: 1, after: next ?? "5.5" });
        await inbox.replay(query);
      }
      await inbox.backlog();
      await inbox.claim({ owner: "w", limit: 1, leaseMs: 1000 });
      await inbox.prune({ bodiesBefore: 1e12, idsBefore: 1e12 });
      await inbox.beat({ gapAfterMs: 1 });
      await inbox.gaps();
      await journal.unfinished();
      await journal.prune({ olderThanMs: 0 });
    });
    const slow: string[] = [];
    for (const statement of sql) {
      if (/^pragma|^insert|max\(seq\)/.test(statement.trim())) continue;
      const parameters = Array.from({ length: statement.split("?").length - 1 }, () => 1);
      const plan = database.prepare(`explain query plan ${statement}`).all(...parameters);
      const details = plan.map(({ detail }) => String(detail));
      if (details.some((detail) => detail.includes("TEMP B-TREE") || (detail.startsWith("SCAN") && !harmless.test(detail))))
        slow.push(`${statement}: ${details.join("; ")}`);
    }
    expect(slow).toEqual([]);
    await close();
  }, 300_000);
});
