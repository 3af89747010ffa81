import type { Pool } from "pg";
import { startChild } from "./child-process.ts";

/** What PostgreSQL takes of the same bytes and nothing beside them, in rows/s, each row or 64 in a transaction of their own. */
export interface PostgresLimit {
  readonly oneRow: number;
  readonly manyRows: number;
}

/** Two processes, as many statements in flight as the receivers have requests. */
export async function postgresLimit(pool: Pool, url: string, connections: number): Promise<PostgresLimit> {
  await pool.query("create table bare (id text primary key, body bytea not null)");
  const oneRow = await bareInserts(url, 1, connections / 2);
  // More statements than connections do not wait for less time.
  return { oneRow, manyRows: await bareInserts(url, 64, 10) };
}

const perProcess = 3200;

async function bareInserts(url: string, rows: number, inFlight: number): Promise<number> {
  const start = (first: number): ReturnType<typeof startChild<string>> =>
    startChild("./bare-insert-process.ts", [url, ...[rows, inFlight, perProcess, first].map(String)]);
  const children = [await start(0), await start(perProcess)];
  const started = performance.now();
  await Promise.all(children.map(({ ask }) => ask("go")));
  const seconds = (performance.now() - started) / 1000;
  for (const child of children) await child.end();
  return (perProcess * children.length) / seconds;
}
