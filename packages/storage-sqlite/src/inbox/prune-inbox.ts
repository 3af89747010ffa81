import type { Inbox } from "@ghlkit/storage";
import type { Row, Sql, SqliteConnection } from "../sqlite-connection.ts";
import { inSteps, mostBytesOfStep } from "../steps.ts";
import { scanInbox, type ScannedRow, type ScanPlace } from "./inbox-scan.ts";

const emptied = `
  select seq, length(body) as bytes from inbox indexed by inbox_bodies
    where finished_at < ? and body is not null and state in ('done', 'ignored') order by finished_at limit ?`;
const empty = "update inbox set body = null, headers = '{}' where seq = ?";
const leaveEmpty = `
  delete from inbox_lanes where entity = ? and waiting = 0 and not exists (select 1 from inbox i where i.entity = inbox_lanes.entity)`;

/** Lets go, in steps. With the last delivery of an entity goes its lane: there is one for each entity there ever was. */
export async function pruneInbox(connection: SqliteConnection, limits: Parameters<Inbox["prune"]>[0]): ReturnType<Inbox["prune"]> {
  const { bodiesBefore, idsBefore, atMost = Number.POSITIVE_INFINITY } = limits;
  return { ids: await forgetDeliveries(connection, idsBefore, atMost), bodies: await emptyBodies(connection, bodiesBefore, atMost) };
}

async function forgetDeliveries(connection: SqliteConnection, until: number, atMost: number): Promise<number> {
  let sum = 0;
  let from: ScanPlace | undefined;
  await inSteps(async ({ rows }) => {
    const wanted = Math.min(rows, atMost - sum);
    if (wanted <= 0) return false;
    const { gone, last } = await connection.write((sql) => forgetSome(sql, until, { from, wanted, most: rows * 2 }));
    sum += gone;
    from = last;
    return last !== undefined;
  });
  return sum;
}

/** Those that wait or are dead are stepped over. @returns the last row that was looked at, if there are more. */
function forgetSome(
  sql: Sql,
  until: number,
  { from, wanted, most }: { readonly from: ScanPlace | undefined; readonly wanted: number; readonly most: number },
): { readonly gone: number; readonly last: ScanPlace | undefined } {
  const looked = scanInbox(sql, { until }, { from, most, newestFirst: false });
  const gone: ScannedRow[] = [];
  let bytes = 0;
  let last: ScannedRow | undefined;
  for (const row of looked) {
    if (gone.length >= wanted || bytes >= mostBytesOfStep) return { gone: forget(sql, gone), last };
    last = row;
    if (row.state !== "done" && row.state !== "ignored") continue;
    gone.push(row);
    bytes += row.bytes;
  }
  return { gone: forget(sql, gone), last: looked.length < most ? undefined : last };
}

function forget(sql: Sql, rows: readonly ScannedRow[]): number {
  for (const { seq } of rows) sql.run("delete from inbox where seq = ?", seq);
  for (const entity of new Set(rows.map((row) => row.entity))) sql.run(leaveEmpty, entity);
  return rows.length;
}

async function emptyBodies(connection: SqliteConnection, before: number, atMost: number): Promise<number> {
  let sum = 0;
  await inSteps(async ({ rows }) => {
    const wanted = Math.min(rows, atMost - sum);
    if (wanted <= 0) return false;
    const changed = await connection.write((sql) => emptySome(sql, before, wanted));
    sum += changed;
    return changed > 0;
  });
  return sum;
}

function emptySome(sql: Sql, before: number, wanted: number): number {
  let bytes = 0;
  let changed = 0;
  for (const row of sql.all(emptied, before, wanted)) {
    if (bytes >= mostBytesOfStep) break;
    bytes += bytesOf(row);
    changed += sql.run(empty, Number(row["seq"]));
  }
  return changed;
}

function bytesOf(row: Row): number {
  return Number(row["bytes"]);
}
