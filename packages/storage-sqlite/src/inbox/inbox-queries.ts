import type { Inbox } from "@ghlkit/storage";
import { checkInboxPage, decodeDelivery, inboxConditions, inboxCursor, type Watchers } from "@ghlkit/storage/engine";
import type { Sql, SqliteConnection } from "../sqlite-connection.ts";
import { enterLane } from "./inbox-lanes.ts";
import { pruneInbox } from "./prune-inbox.ts";

/** Looking, replaying and forgetting. */
export function createInboxQueries(
  connection: SqliteConnection,
  watchers: Watchers,
): Pick<Inbox, "replay" | "get" | "query" | "backlog" | "prune"> {
  return {
    replay: async (what) => {
      const { where, values } = "id" in what ? { where: "id = ?", values: [what.id] } : inboxConditions(what, "?");
      const replayed = await connection.write((sql) => {
        const again = sql.all(
          `update inbox set state = 'waiting', attempts = 0, error = null, finished_at = null
            where ${where} and state <> 'waiting' and body is not null returning entity`,
          ...values,
        );
        const now = connection.now();
        for (const { entity } of again) enterLane(sql, String(entity), now);
        return again.length;
      });
      if (replayed > 0) watchers.tell();
      return { replayed };
    },
    get: (id) =>
      connection.read((sql) => {
        const row = sql.one("select * from inbox where id = ?", id);
        return row === undefined ? undefined : decodeDelivery(row);
      }),
    query: async (query = {}) => {
      const { limit, end } = checkInboxPage(query);
      const { where, values } = inboxConditions(query, "?");
      const behind = end === undefined ? [] : [end.receivedAt, end.seq];
      const rows = await connection.read((sql) =>
        sql.all(
          `select * from inbox where ${where}${end === undefined ? "" : " and (received_at, seq) < (?, ?)"}
            order by received_at desc, seq desc limit ?`,
          ...values,
          ...behind,
          limit + 1,
        ),
      );
      const deliveries = rows.slice(0, limit).map(decodeDelivery);
      const last = deliveries.at(-1);
      return { deliveries, ...(last !== undefined && rows.length > limit ? { next: inboxCursor(last) } : {}) };
    },
    backlog: () => connection.read(backlog),
    prune: (limits) => pruneInbox(connection, limits),
  };
}

function backlog(sql: Sql): Awaited<ReturnType<Inbox["backlog"]>> {
  const count = (state: string): number =>
    Number(sql.one("select count(*) as count from inbox where state = ? and state <> 'done'", state)?.["count"]);
  const oldest = sql.one("select min(received_at) as at from inbox where state = 'waiting' and state <> 'done'")?.["at"];
  return { waiting: count("waiting"), dead: count("dead"), ...(typeof oldest === "number" ? { oldestWaitingAt: oldest } : {}) };
}
