import { storageError } from "@ghlkit/storage/engine";
import { migrations } from "./migrations.ts";
import { postgresError } from "./postgres-error.ts";
import type { PostgresClient, PostgresPool } from "./postgres-pool.ts";

/** Key of the advisory lock under which tables are made: "ghlk". */
const lock = 0x67686c6b;

/**
 * Brings the tables of a schema to the version of this package, in one transaction and one process at a time. Where they
 * are up to date nothing is written, so that a role without rights to create will do.
 *
 * @throws GhlError `storage`, with the reason `newer_schema` when a newer package made them.
 */
export async function migrate(pool: PostgresPool, schema: string, steps: readonly string[] = migrations): Promise<void> {
  const client = await pool.connect().catch((error: unknown) => {
    throw postgresError(error);
  });
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [lock]);
    await apply(client, schema, steps);
    await client.query("commit");
    client.release();
  } catch (error) {
    await client.query("rollback").catch(() => {});
    client.release(true);
    throw postgresError(error);
  }
}

async function apply(client: PostgresClient, schema: string, steps: readonly string[]): Promise<void> {
  const version = await versionOf(client, schema);
  if (version > steps.length) {
    const message = `The schema ${schema} was written by a newer @ghlkit/storage-postgres (version ${version}, this one knows ${steps.length}): update the package. Nothing was written.`;
    throw storageError("newer_schema", message);
  }
  if (version === steps.length) return;
  const { rows } = await client.query("select to_regnamespace($1) is null as missing", [schema]);
  if (rows[0]?.["missing"] === true) await client.query(`create schema ${schema}`);
  await client.query(`set local search_path to ${schema}`);
  await client.query(
    "create table if not exists ghlkit_schema (version integer primary key, applied_at timestamptz not null default now())",
  );
  for (const [at, step] of steps.entries()) {
    if (at < version) continue;
    await client.query(step);
    await client.query("insert into ghlkit_schema (version) values ($1)", [at + 1]);
  }
}

async function versionOf(client: PostgresClient, schema: string): Promise<number> {
  const { rows } = await client.query("select to_regclass($1) is null as missing", [`${schema}.ghlkit_schema`]);
  if (rows[0]?.["missing"] === true) return 0;
  const found = await client.query(`select coalesce(max(version), 0) as version from ${schema}.ghlkit_schema`);
  return Number(found.rows[0]?.["version"]);
}
