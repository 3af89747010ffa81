import type { Inbox } from "@ghlkit/storage";
import { checkInboxPage, decodeDelivery, inboxConditions, inboxCursor, type Watchers } from "@ghlkit/storage/engine";
import type { PostgresConnection } from "../postgres-connection.ts";
import { pruneInbox } from "./prune-inbox.ts";
import { replayInbox } from "./replay-inbox.ts";

/** Looking, replaying and forgetting. */
export function createInboxQueries(
  connection: PostgresConnection,
  watchers: Watchers,
): Pick<Inbox, "replay" | "get" | "query" | "backlog" | "prune"> {
  return {
    replay: (what) => replayInbox(connection, what, watchers.notify),
    get: async (id) => {
      const row = await connection.one("select * from $s.inbox where id = $1", [id]);
      return row === undefined ? undefined : decodeDelivery(row);
    },
    query: async (query = {}) => {
      const { limit, end } = checkInboxPage(query);
      const { where, values } = inboxConditions(query, "$");
      const next = values.length + 1;
      const behind = end === undefined ? "" : ` and (received_at, seq) < ($${next + 1}, $${next + 2})`;
      const rows = await connection.all(
        `select * from $s.inbox where ${where}${behind} order by received_at desc, seq desc limit $${next}`,
        [...values, limit + 1, ...(end === undefined ? [] : [end.receivedAt, end.seq])],
      );
      const deliveries = rows.slice(0, limit).map(decodeDelivery);
      const last = deliveries.at(-1);
      return { deliveries, ...(last !== undefined && rows.length > limit ? { next: inboxCursor(last) } : {}) };
    },
    backlog: async () => {
      const row = await connection.one(
        `select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'dead') as dead,
          min(received_at) filter (where state = 'waiting') as oldest from $s.inbox where state in ('waiting', 'dead') and state <> 'done'`,
        [],
      );
      const oldest = row?.["oldest"] ?? undefined;
      const { waiting, dead } = { waiting: Number(row?.["waiting"]), dead: Number(row?.["dead"]) };
      return { waiting, dead, ...(oldest === undefined ? {} : { oldestWaitingAt: Number(oldest) }) };
    },
    prune: (limits) => pruneInbox(connection, limits),
  };
}
