import { inspect } from "node:util";
import { Pool } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import { createPostgresStorage, type PostgresPool } from "../src/index.ts";
import { migrate } from "../src/migrate.ts";
import { migrations } from "../src/migrations.ts";
import { createTestSchema, type TestSchema } from "./test-schema.ts";

let schema: TestSchema;

beforeEach(async () => {
  schema = await createTestSchema();
});
afterEach(() => schema.drop());

const record: TokenRecord = {
  principal: { app: "app", kind: "location", resource: "loc-1" },
  accessToken: "very-secret-a",
  refreshToken: "very-secret-r",
  expiresAt: 1,
  scopes: [],
  userType: "Location",
  extra: {},
};

async function failure(action: Promise<unknown>): Promise<{ reason: string; message: string }> {
  try {
    await action;
  } catch (error) {
    if (!isGhlError(error, "storage")) throw error;
    for (const text of [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error.stack)])
      expect(text).not.toMatch(/very-secret|only-for-tests/);
    return { reason: error.reason, message: error.message };
  }
  throw new Error("It did not fail.");
}

describe("making the tables", () => {
  it("is done once when many start at the same time", async () => {
    const name = `${schema.name}_new`;
    const options = { connectionString: inject("postgres"), schema: name, maxConnections: 1 };
    const all = await Promise.all(Array.from({ length: 8 }, () => createPostgresStorage(options)));
    const { rows } = await schema.pool.query(`select version from ${name}.ghlkit_schema order by version`);
    expect(rows).toEqual(migrations.map((_step, at) => ({ version: at + 1 })));
    await Promise.all(all.map((stores) => stores.close()));
    await schema.pool.query(`drop schema ${name} cascade`);
  });

  it("refuses tables of a newer version and leaves them alone", async () => {
    await schema.pool.query(`insert into ${schema.name}.ghlkit_schema (version) values (99)`);
    const { reason, message } = await failure(createPostgresStorage({ pool: schema.pool, schema: schema.name }));
    expect([reason, /update the package/.test(message)]).toEqual(["newer_schema", true]);
  });

  it("leaves nothing behind when a step fails", async () => {
    const steps = ["create table fine (a int)", "create table fine (a int)"];
    expect((await failure(migrate(schema.pool, `${schema.name}_half`, steps))).reason).toBe("other");
    const { rows } = await schema.pool.query("select to_regnamespace($1) as found", [`${schema.name}_half`]);
    expect(rows).toEqual([{ found: null }]);
  });

  it("does not touch tables of somebody else", async () => {
    const name = `${schema.name}_theirs`;
    await schema.pool.query(`create schema ${name}; create table ${name}.tokens (mine text)`);
    expect((await failure(createPostgresStorage({ pool: schema.pool, schema: name }))).reason).toBe("other");
    const { rows } = await schema.pool.query("select count(*)::int as tables from pg_tables where schemaname = $1", [name]);
    expect(rows).toEqual([{ tables: 1 }]);
    await schema.pool.query(`drop schema ${name} cascade`);
  });

  it("needs no right to create where they are there", async () => {
    const [role, name] = [`${schema.name}_role`, schema.name];
    await schema.pool.query(`create role ${role} login password 'only-for-tests'; grant usage on schema ${name} to ${role};
      grant all on all tables in schema ${name} to ${role}; grant usage on all sequences in schema ${name} to ${role}`);
    const connectionString = inject("postgres").replace("postgres:only", `${role}:only`);
    const stores = await createPostgresStorage({ connectionString, schema: name });
    expect((await stores.tokens.put(record, { expectedVersion: 0 })).stored).toBe(true);
    await stores.close();
    const elsewhere = createPostgresStorage({ connectionString, schema: `${name}_other` });
    expect((await failure(elsewhere)).reason).toBe("read_only");
    await schema.pool.query(`drop owned by ${role}; drop role ${role}`);
  });

  it("refuses a schema name that is none", async () => {
    for (const name of ["a; drop schema public", "A", "", "1a", "x".repeat(64)]) {
      const error: unknown = await createPostgresStorage({ pool: schema.pool, schema: name }).catch((caught: unknown) => caught);
      expect(isGhlError(error, "invalid_request")).toBe(true);
    }
  });
});

describe("a database that does not do its work", () => {
  it("says unavailable when nobody answers, and when the login is wrong", async () => {
    const nobody = createPostgresStorage({ connectionString: "postgres://u:very-secret-p@127.0.0.1:1/x", timeoutMs: 2000 });
    expect((await failure(nobody)).reason).toBe("unavailable");
    const wrong = createPostgresStorage({ connectionString: inject("postgres").replace("only-for-tests", "very-secret-p") });
    expect((await failure(wrong)).reason).toBe("unavailable");
  });

  it("says read-only, and shows no row, when it takes no writes", async () => {
    const options = "-c default_transaction_read_only=on";
    const pool = new Pool({ connectionString: inject("postgres"), max: 1, options });
    const stores = await createPostgresStorage({ pool, schema: schema.name });
    expect((await failure(stores.tokens.put(record, { expectedVersion: 0 }))).reason).toBe("read_only");
    expect(await stores.tokens.get(record.principal)).toBeUndefined();
    await pool.end();
  });

  it("tells nothing of a row that PostgreSQL prints in its own error", async () => {
    const stores = await createPostgresStorage({ pool: schema.pool, schema: schema.name });
    await schema.pool.query(`alter table ${schema.name}.tokens add constraint never check (length(body) < 5)`);
    expect((await failure(stores.tokens.put(record, { expectedVersion: 0 }))).reason).toBe("other");
  });

  it.each([
    ["53100", "full"],
    ["53300", "busy"],
    ["57P01", "unavailable"],
    ["XX001", "corrupt"],
    ["40P01", "busy"],
    ["57014", "busy"],
    ["ECONNRESET", "unavailable"],
  ])("says for %s: %s", async (code, reason) => {
    const stores = await createPostgresStorage({ pool: schema.pool, schema: schema.name });
    await stores.close();
    const broken: PostgresPool = {
      query: () => Promise.reject(Object.assign(new Error("failed"), { code, detail: "Failing row contains (very-secret-a)." })),
      connect: () => schema.pool.connect(),
      end: async () => {},
    };
    const failing = await createPostgresStorage({ pool: broken, schema: schema.name });
    expect((await failure(failing.tokens.get(record.principal))).reason).toBe(reason);
  });

  it("goes on after the server ended its connections", async () => {
    const connectionString = `${inject("postgres")}?application_name=ended`;
    const stores = await createPostgresStorage({ connectionString, schema: schema.name, maxConnections: 1 });
    await stores.tokens.put(record, { expectedVersion: 0 });
    await schema.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ended'");
    const again = stores.tokens.get(record.principal).catch(() => stores.tokens.get(record.principal));
    expect((await again)?.accessToken).toBe("very-secret-a");
    await stores.close();
    await stores.close();
    expect((await failure(stores.tokens.get(record.principal))).reason).toBe("closed");
  });

  it("leaves a pool of the caller's open, and shows no secret when printed", async () => {
    const stores = await createPostgresStorage({ pool: schema.pool, schema: schema.name });
    await stores.tokens.put(record, { expectedVersion: 0 });
    expect(inspect(stores, { depth: 9, showHidden: true })).not.toMatch(/very-secret|only-for-tests/);
    await stores.close();
    expect((await schema.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });
});

it("a connection that the server ends in the middle of a transaction rejects, and ends no process", async () => {
  const connectionString = `${inject("postgres")}?application_name=${schema.name}`;
  const stores = await createPostgresStorage({ connectionString, schema: schema.name, maxConnections: 1 });
  const blocker = await schema.pool.connect();
  await blocker.query("begin");
  await blocker.query(`lock table ${schema.name}.rate_windows in access exclusive mode`);
  const settings = { limit: 1, windowMs: 1000, leaseMs: 1000 };
  const waiting = failure(stores.rates.reserve("b", { ...settings, reservation: "r", count: 1 }));
  let ended = 0;
  for (let tries = 0; ended === 0 && tries < 40; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const statement = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'";
    ended = (await schema.pool.query(statement, [schema.name])).rowCount ?? 0;
  }
  expect((await waiting).reason).toBe("unavailable");
  await blocker.query("rollback");
  blocker.release();
  expect((await stores.rates.reserve("b", { ...settings, reservation: "r", count: 1 })).granted).toBe(1);
  await stores.close();
});
