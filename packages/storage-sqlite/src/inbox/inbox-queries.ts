import { setImmediate as nextTurn } from "node:timers/promises";
import type { Inbox, InboxQuery } from "@ghlkit/storage";
import { checkInboxPage, decodeDelivery, inboxCursor, type Watchers } from "@ghlkit/storage/engine";
import type { SqliteConnection } from "../sqlite-connection.ts";
import { countInbox } from "./count-inbox.ts";
import { scanInbox, type ScannedRow, type ScanPlace } from "./inbox-scan.ts";
import { pruneInbox } from "./prune-inbox.ts";
import { replayInbox } from "./replay-inbox.ts";

/** Rows that one statement looks at. */
const mostLooked = 1000;
/** Rows, and bytes of their bodies, that are read in one turn. */
const mostRead = 100;
const mostBytesRead = 1024 * 1024;

/** Looking, replaying and forgetting. */
export function createInboxQueries(
  connection: SqliteConnection,
  watchers: Watchers,
): Pick<Inbox, "replay" | "get" | "query" | "backlog" | "prune"> {
  return {
    replay: (what) => replayInbox(connection, what, watchers.notify),
    get: (id) =>
      connection.read((sql) => {
        const row = sql.one("select * from inbox where id = ?", id);
        return row === undefined ? undefined : decodeDelivery(row);
      }),
    query: async (query = {}) => {
      const { limit, end } = checkInboxPage(query);
      const found = await find(connection, query, { from: end, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        deliveries: await readAll(connection, page),
        ...(last !== undefined && found.length > limit ? { next: inboxCursor(last) } : {}),
      };
    },
    backlog: () => countInbox(connection),
    prune: (limits) => pruneInbox(connection, limits),
  };
}

/** The newest that are wanted, as many as asked for. */
async function find(
  connection: SqliteConnection,
  query: InboxQuery,
  { from, limit }: { readonly from: ScanPlace | undefined; readonly limit: number },
): Promise<readonly ScannedRow[]> {
  const found: ScannedRow[] = [];
  for (let place = from, most = Math.min(limit, mostLooked); ; most = mostLooked) {
    const start = place;
    const looked = await connection.read((sql) => scanInbox(sql, query, { from: start, most, newestFirst: true }));
    found.push(...looked.filter(({ isWanted }) => isWanted));
    if (looked.length < most || found.length >= limit) return found.slice(0, limit);
    place = looked.at(-1);
    await nextTurn();
  }
}

async function readAll(connection: SqliteConnection, rows: readonly ScannedRow[]): Promise<ReturnType<typeof decodeDelivery>[]> {
  const deliveries: ReturnType<typeof decodeDelivery>[] = [];
  for (let at = 0; at < rows.length;) {
    if (at > 0) await nextTurn();
    let bytes = 0;
    const first = at;
    while (at < rows.length && at - first < mostRead && bytes < mostBytesRead) bytes += rows[at++]?.bytes ?? 0;
    const some = rows.slice(first, at);
    const read = await connection.read((sql) => some.map(({ seq }) => sql.one("select * from inbox where seq = ?", seq)));
    // One that was pruned meanwhile is gone.
    for (const row of read) if (row !== undefined) deliveries.push(decodeDelivery(row));
  }
  return deliveries;
}
