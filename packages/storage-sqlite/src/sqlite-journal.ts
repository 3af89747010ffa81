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
import type { Row, SqliteConnection } from "./sqlite-connection.ts";
import { inSteps } from "./steps.ts";

const insert = `
  insert or replace into journal (key, state, attempt, started_at, lease_ends_at, finished_at, outcome)
  values (?, 'started', ?, ?, ?, null, null)`;
const forget = `
  delete from journal where key in (select key from journal indexed by journal_finished
    where state = 'finished' and finished_at <= ? order by finished_at limit ?)`;
const mine = "key = ? and state = 'started' and attempt = ?";

/** The journal in the file. A start that resolved is on the disk. Times are the machine's. */
export function createSqliteJournal(connection: SqliteConnection): Journal {
  return {
    start: async (name, options) => {
      const { key, leaseMs, after } = checkStart(name, options);
      return connection.write((sql) => {
        const now = connection.now();
        const row = decode(sql.one("select * from journal where key = ?", key));
        const mayFollow = row?.state === "started" && row.attempt === after && row.leaseEndsAt <= now;
        if (row !== undefined && !mayFollow) return refusedStart(row, now);
        const attempt = (row?.attempt ?? 0) + 1;
        sql.run(insert, key, attempt, now, now + leaseMs);
        return { started: true, attempt };
      });
    },
    extend: async (key, { attempt, leaseMs }) => {
      const values = [checkTtl(leaseMs), checkKey("key", key), checkVersion(attempt)] as const;
      const statement = `update journal set lease_ends_at = ? + ? where ${mine}`;
      return connection.write((sql) => ({ extended: sql.run(statement, connection.now(), ...values) === 1 }));
    },
    finish: async (key, { attempt, outcome }) => {
      const values = [connection.now(), encodeOutcome(outcome), checkKey("key", key), checkVersion(attempt)] as const;
      const statement = `update journal set state = 'finished', finished_at = ?, outcome = ? where ${mine}`;
      return connection.write((sql) => ({ finished: sql.run(statement, ...values) === 1 }));
    },
    abandon: async (key, { attempt }) => {
      const values = [checkKey("key", key), checkVersion(attempt)] as const;
      return connection.write((sql) => ({ abandoned: sql.run(`delete from journal where ${mine}`, ...values) === 1 }));
    },
    get: async (key) => {
      checkKey("key", key);
      return connection.read((sql) => {
        const row = decode(sql.one("select * from journal where key = ?", key));
        return row && decodeJournalRow(row);
      });
    },
    unfinished: async (query) => {
      const { olderThanMs, limit } = checkUnfinished(query);
      const statement = "select * from journal where state = 'started' and started_at <= ? order by started_at, key limit ?";
      return connection.read((sql) =>
        sql.all(statement, connection.now() - olderThanMs, limit).map((row) => decodeJournalRow(decode(row) as JournalRow)),
      );
    },
    prune: async ({ olderThanMs }) => {
      const until = connection.now() - checkVersion(olderThanMs);
      let pruned = 0;
      await inSteps(async ({ rows }) => {
        const gone = await connection.write((sql) => sql.run(forget, until, rows));
        pruned += gone;
        return gone === rows;
      });
      return { pruned };
    },
  };
}

function decode(row: Row | undefined): JournalRow | undefined {
  if (row === undefined) return undefined;
  const { key, state, attempt, started_at: startedAt, lease_ends_at: leaseEndsAt, finished_at: finishedAt, outcome } = row;
  return {
    key: String(key),
    state: String(state),
    attempt: Number(attempt),
    startedAt: Number(startedAt),
    leaseEndsAt: Number(leaseEndsAt),
    finishedAt: finishedAt === null ? null : Number(finishedAt),
    outcome: outcome === null ? null : String(outcome),
  };
}
