import type { Journal } from "@ghlkit/storage";
import {
  checkKey,
  checkStart,
  checkTtl,
  checkUnfinished,
  checkVersion,
  decodeJournalRow,
  encodeOutcome,
  refusedStart,
  type JournalRow,
} from "@ghlkit/storage/engine";
import type { PostgresConnection, Row } from "./postgres-connection.ts";

const start = `
  insert into $s.journal as old (key, state, attempt, started_at, lease_ends_at) values ($1, 'started', 1, $s.now_ms(), $s.now_ms() + $2)
  on conflict (key) do update set attempt = old.attempt + 1, started_at = excluded.started_at, lease_ends_at = excluded.lease_ends_at
    where old.state = 'started' and old.attempt = $3 and old.lease_ends_at <= $s.now_ms()
  returning attempt`;
const finish = `
  update $s.journal set state = 'finished', finished_at = $s.now_ms(), outcome = $3
  where key = $1 and state = 'started' and attempt = $2 returning 1`;
const extend = `
  update $s.journal set lease_ends_at = $s.now_ms() + $3 where key = $1 and state = 'started' and attempt = $2 returning 1`;
const abandon = "delete from $s.journal where key = $1 and state = 'started' and attempt = $2 returning 1";
const read = "select *, $s.now_ms() as now from $s.journal where key = $1";
const unfinished = `
  select * from $s.journal where state = 'started' and started_at <= $s.now_ms() - $1::bigint order by started_at, key limit $2`;
/** Rows of one statement of `prune`. */
const step = 1000;
const prune = `
  delete from $s.journal where key in (
    select key from $s.journal where state = 'finished' and finished_at <= $s.now_ms() - $1::bigint order by finished_at limit $2
  ) and state = 'finished' returning 1`;

/** The journal by the database's clock. Each write is one statement. */
export function createPostgresJournal(connection: PostgresConnection): Journal {
  return {
    start: async (name, options) => {
      const { key, leaseMs, after } = checkStart(name, options);
      for (;;) {
        const taken = await connection.one(start, [key, leaseMs, after]);
        if (taken !== undefined) return { started: true, attempt: Number(taken["attempt"]) };
        const row = await connection.one(read, [key]);
        // Gone between the two statements: it may be started now.
        if (row !== undefined) return refusedStart(decode(row), Number(row["now"]));
      }
    },
    extend: async (key, { attempt, leaseMs }) => {
      const values = [checkKey("key", key), checkVersion(attempt), checkTtl(leaseMs)];
      return { extended: (await connection.one(extend, values)) !== undefined };
    },
    finish: async (key, { attempt, outcome }) => {
      const values = [checkKey("key", key), checkVersion(attempt), encodeOutcome(outcome)];
      return { finished: (await connection.one(finish, values)) !== undefined };
    },
    abandon: async (key, { attempt }) => ({
      abandoned: (await connection.one(abandon, [checkKey("key", key), checkVersion(attempt)])) !== undefined,
    }),
    get: async (key) => {
      const row = await connection.one(read, [checkKey("key", key)]);
      return row && decodeJournalRow(decode(row));
    },
    unfinished: async (query) => {
      const { olderThanMs, limit } = checkUnfinished(query);
      return (await connection.all(unfinished, [olderThanMs, limit])).map((row) => decodeJournalRow(decode(row)));
    },
    prune: async ({ olderThanMs }) => {
      for (let pruned = 0; ;) {
        const { length } = await connection.all(prune, [checkVersion(olderThanMs), step]);
        pruned += length;
        if (length < step) return { pruned };
      }
    },
  };
}

function decode({ key, state, attempt, started_at, lease_ends_at, finished_at, outcome }: Row): JournalRow {
  return {
    key: String(key),
    state: String(state),
    attempt: Number(attempt),
    startedAt: Number(started_at),
    leaseEndsAt: Number(lease_ends_at),
    finishedAt: finished_at === null ? null : Number(finished_at),
    outcome: outcome === null ? null : String(outcome),
  };
}
