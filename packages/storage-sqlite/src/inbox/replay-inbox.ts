import type { Inbox, InboxQuery } from "@ghlkit/storage";
import type { Sql, SqliteConnection } from "../sqlite-connection.ts";
import { inSteps } from "../steps.ts";
import { enterLane } from "./inbox-lanes.ts";
import { scanInbox, type ScanPlace } from "./inbox-scan.ts";

/**
 * Makes deliveries wait again, in the order of arrival and in steps.
 * @param onStep Called after each step that made some wait.
 */
export async function replayInbox(
  connection: SqliteConnection,
  what: Parameters<Inbox["replay"]>[0],
  onStep: () => void,
): ReturnType<Inbox["replay"]> {
  if ("id" in what) {
    const replayed = await connection.write((sql) => waitAgain(sql, "id", what.id, connection.now()));
    if (replayed > 0) onStep();
    return { replayed };
  }
  // What arrives meanwhile is not meant.
  const newest = await connection.read((sql) => Number(sql.one("select max(seq) as seq from inbox")?.["seq"] ?? 0));
  let sum = 0;
  let from: ScanPlace | undefined;
  await inSteps(async ({ rows }) => {
    const { replayed, last } = await connection.write((sql) => replaySome(sql, what, { from, newest, most: rows, now: connection.now() }));
    sum += replayed;
    from = last;
    if (replayed > 0) onStep();
    return last !== undefined;
  });
  return { replayed: sum };
}

function replaySome(
  sql: Sql,
  query: InboxQuery,
  options: { readonly from: ScanPlace | undefined; readonly newest: number; readonly most: number; readonly now: number },
): { readonly replayed: number; readonly last: ScanPlace | undefined } {
  const { from, newest, most, now } = options;
  const looked = scanInbox(sql, query, { from, most, newestFirst: false });
  let replayed = 0;
  for (const { seq, isWanted } of looked) if (isWanted && seq <= newest) replayed += waitAgain(sql, "seq", seq, now);
  return { replayed, last: looked.length < most ? undefined : looked.at(-1) };
}

function waitAgain(sql: Sql, column: "id" | "seq", value: string | number, now: number): number {
  const again = sql.one(
    `update inbox set state = 'waiting', attempts = 0, error = null, finished_at = null
      where ${column} = ? and state <> 'waiting' and body is not null returning entity`,
    value,
  );
  if (again === undefined) return 0;
  enterLane(sql, String(again["entity"]), now);
  return 1;
}
