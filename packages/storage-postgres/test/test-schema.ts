import { Pool } from "pg";
import { inject } from "vitest";
import { createPostgresStorage } from "../src/index.ts";

let schemas = 0;

/** A schema for one test. Its clock can be moved: that of all who use it, because they have no other. */
export interface TestSchema {
  readonly name: string;
  readonly pool: Pool;
  readonly advance: (ms: number) => Promise<void>;
  /** Removes it and ends the pool. */
  readonly drop: () => Promise<void>;
}

export async function createTestSchema(): Promise<TestSchema> {
  const name = `test_${process.pid}_${(schemas += 1)}`;
  const pool = new Pool({ connectionString: inject("postgres"), max: 4 });
  await createPostgresStorage({ pool, schema: name });
  let offset = 0;
  return {
    name,
    pool,
    advance: async (ms) => {
      offset += ms;
      const now = `floor(extract(epoch from clock_timestamp()) * 1000)::bigint + ${offset}`;
      await pool.query(`create or replace function ${name}.now_ms() returns bigint language sql volatile as 'select ${now}'`);
    },
    drop: async () => {
      await pool.query(`drop schema ${name} cascade`);
      await pool.end();
    },
  };
}
