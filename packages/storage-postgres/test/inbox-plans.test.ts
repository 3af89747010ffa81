import { Client } from "pg";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import type { InboxDelivery } from "@ghlkit/storage";
import { createPostgresStorage } from "../src/index.ts";
import { createTestSchema, type TestSchema } from "./test-schema.ts";

let schema: TestSchema;
beforeEach(async () => {
  schema = await createTestSchema();
});
afterEach(() => schema.drop());

function deliveryOf(entity: string): InboxDelivery {
  const times = { occurredAt: 1_780_000_000_000, receivedAt: 1_780_000_000_000 };
  return {
    id: "d-1",
    hash: "h",
    source: "s",
    type: "ContactUpdate",
    entity,
    ...times,
    headers: {},
    body: Uint8Array.of(1),
    synthetic: false,
  };
}

it.each(["contact:o'Brien", String.raw`contact:\'; drop table inbox; --`, "contact:É漢😀", "contact:$1"])(
  "commits an effect together with the completion for the entity %s",
  async (entity) => {
    const { inbox } = await createPostgresStorage({ pool: schema.pool, schema: schema.name });
    await inbox.insert(deliveryOf(entity));
    const [claimed] = await inbox.claim({ owner: "w", limit: 1, leaseMs: 1000 });
    if (claimed === undefined) throw new Error("nothing was claimed");
    const effect = async (transaction: { all: (sql: string, values: unknown[]) => Promise<unknown> }): Promise<void> => {
      await transaction.all("update $s.inbox set error = $1 where id = $2", ["seen", "d-1"]);
      expect((await inbox.get("d-1"))?.error).toBeUndefined();
    };
    expect(await inbox.complete(claimed, "done", effect)).toEqual({ completed: true });
    expect((await inbox.get("d-1"))?.state).toBe("done");
  },
);

it("finds deliveries by their keys with plans that a session made while the inbox was empty", async () => {
  const { name, pool } = schema;
  // Of its own, because making the tables counts as looking through them.
  const session = new Client({ connectionString: inject("postgres") });
  await session.connect();
  const take = `select seq, entity, fence from ${name}.inbox_take(5, 1000)`;
  const finish = `select * from ${name}.inbox_finish($1, $2, $3, '{done}', '{null}', '{1}')`;
  // Often enough for a session that keeps plans of its own accord.
  for (let time = 0; time < 7; time += 1) {
    await session.query(take);
    await session.query(`select ${name}.inbox_finish_one(1, 'nothing', 1, 'done', 1)`);
    await session.query(finish, [[1], ["nothing"], [1]]);
  }
  await pool.query(`insert into ${name}.inbox (id, hash, source, type, entity, occurred_at, received_at, headers, body, synthetic)
    select n::text, 'h', 's', 't', 'contact:' || n, n, n, '{}', '\\x01', false from generate_series(1, 3000) n`);
  await pool.query(
    `insert into ${name}.inbox_lanes (entity, waiting, due_at) select 'contact:' || n, 1, n from generate_series(1, 3000) n`,
  );
  await session.query("begin");
  const { rows } = await session.query<{ seq: string; entity: string; fence: string }>(take);
  expect(rows.map(({ entity }) => entity).toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => `contact:${n}`));
  await session.query(`select ${name}.inbox_finish_one($1, $2, $3, 'done', 1)`, [rows[0]?.seq, rows[0]?.entity, rows[0]?.fence]);
  await session.query(finish, [[rows[1]?.seq], [rows[1]?.entity], [rows[1]?.fence]]);
  const scans = await session.query("select relname from pg_stat_xact_user_tables where schemaname = $1 and seq_scan > 0", [name]);
  await session.query("rollback");
  await session.end();
  expect(scans.rows).toEqual([]);
});
