import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { Pool } from "pg";
import { createPostgresStorage, type PostgresPool, type PostgresStores } from "../src/index.ts";
import { createTestSchema, type TestSchema } from "./test-schema.ts";

const rows = 5500;
let schema: TestSchema;
let pool: Pool;
let stores: PostgresStores;
/** Rows that each statement gave or changed. */
let counts: number[];

beforeEach(async () => {
  schema = await createTestSchema();
  pool = new Pool({ connectionString: inject("postgres"), max: 2 });
  counts = [];
  const counting: PostgresPool = {
    query: async (text, values) => {
      const before = await changes();
      const result = await pool.query(text, values);
      counts.push((await changes()) - before);
      return result;
    },
    connect: () => pool.connect(),
    end: () => pool.end(),
  };
  stores = await createPostgresStorage({ pool: counting, schema: schema.name });
}, 300_000);
afterEach(async () => {
  await pool.end();
  await schema.drop();
});

/** Rows of the tables that were written so far. */
async function changes(): Promise<number> {
  await pool.query("select pg_stat_force_next_flush()");
  const sum = "select coalesce(sum(n_tup_upd + n_tup_del), 0) as changed from pg_stat_user_tables where schemaname = $1 and relname in ('inbox', 'journal')"; // prettier-ignore
  const { rows: found } = await pool.query<{ changed: string }>(sum, [schema.name]);
  return Number(found[0]?.changed);
}

async function fill(state: string, rest = state): Promise<void> {
  await schema.pool
    .query(`insert into ${schema.name}.inbox (id, hash, source, type, entity, occurred_at, received_at, headers, body, synthetic, state, finished_at)
    select 'd' || n, 'h', 's', 't', 'contact:' || (n % 100), n, n / 10, '{}', '\\x01', false, case when n % 10 = 0 then '${state}' else '${rest}' end, n from generate_series(1, ${rows}) n`);
}

it.each<[string, () => Promise<unknown>, () => Promise<unknown>, unknown]>([
  ["forgets", () => fill("done"), () => stores.inbox.prune({ bodiesBefore: 0, idsBefore: 1e12 }), { ids: rows, bodies: 0 }],
  ["lets bodies go", () => fill("ignored"), () => stores.inbox.prune({ bodiesBefore: 1e12, idsBefore: 0 }), { ids: 0, bodies: rows }],
  ["forgets between dead ones", () => fill("done", "dead"), () => stores.inbox.prune({ bodiesBefore: 0, idsBefore: 1e12 }), { ids: rows / 10, bodies: 0 }], // prettier-ignore
  ["forgets at most so many", () => fill("done"), () => stores.inbox.prune({ bodiesBefore: 0, idsBefore: 1e12, atMost: 1500 }), { ids: 1500, bodies: 0 }], // prettier-ignore
  ["replays", () => fill("dead"), () => stores.inbox.replay({ state: "dead" }), { replayed: rows }],
  ["replays of a type, few among many", () => fill("dead", "done"), () => stores.inbox.replay({ state: "dead", type: "t" }), { replayed: rows / 10 }], // prettier-ignore
])(
  "%s, at most a thousand rows in a statement",
  async (_name, prepare, act, expected) => {
    await prepare();
    counts = [];
    expect(await act()).toEqual(expected);
    expect(Math.max(...counts)).toBeLessThanOrEqual(1000);
  },
  60_000,
);

it("prunes the journal, at most a thousand rows in a statement", async () => {
  await schema.pool.query(`insert into ${schema.name}.journal (key, state, attempt, started_at, lease_ends_at, finished_at)
    select 'k' || n, 'finished', 1, 1, 1, n from generate_series(1, ${rows}) n`);
  counts = [];
  expect(await stores.journal.prune({ olderThanMs: 0 })).toEqual({ pruned: rows });
  expect(Math.max(...counts)).toBeLessThanOrEqual(1000);
}, 300_000);
