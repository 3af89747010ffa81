import type { Inbox } from "@ghlkit/storage";
import { checkInboxPage, decodeDelivery, inboxConditions, inboxCursor, type Watchers } from "@ghlkit/storage/engine";
import type { PostgresConnection } from "../postgres-connection.ts";
import { pruneInbox } from "./prune-inbox.ts";

const enterAgain = `
  insert into $s.inbox_lanes as lane (entity, waiting, due_at)
    select entity, count(*), $s.now_ms() from again group by entity order by entity
    on conflict (entity) do update set waiting = lane.waiting + excluded.waiting, due_at = coalesce(lane.due_at, excluded.due_at)
    returning waiting`;

/** Looking, replaying and forgetting. */
export function createInboxQueries(
  connection: PostgresConnection,
  watchers: Watchers,
): Pick<Inbox, "replay" | "get" | "query" | "backlog" | "prune"> {
  return {
    replay: async (what) => {
      const { where, values } = "id" in what ? { where: "id = $1", values: [what.id] } : inboxConditions(what, "$");
      const again = `update $s.inbox set state = 'waiting', attempts = 0, error = null, finished_at = null
        where ${where} and state <> 'waiting' and body is not null returning entity`;
      const statement = `with again as (${again}), entered as (${enterAgain}) select count(*) as replayed from again`;
      const replayed = Number((await connection.one(statement, [...values]))?.["replayed"]);
      if (replayed > 0) watchers.tell();
      return { replayed };
    },
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
