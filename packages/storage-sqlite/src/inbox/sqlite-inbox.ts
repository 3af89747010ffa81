import type { ClaimedDelivery, Effect, Inbox, InboxDelivery } from "@ghlkit/storage";
import { checkClaim, checkDelivery, checkTtl, createBatches, createWatchers, decodeDelivery } from "@ghlkit/storage/engine";
import { ghlError } from "@ghlkit/core";
import { nextNumber, type Sql, type SqliteConnection } from "../sqlite-connection.ts";
import type { SqliteTransaction } from "../sqlite-stores.ts";
import { createInboxGaps } from "./inbox-gaps.ts";
import { enterLane, holdsLane, leaveLane, setDue } from "./inbox-lanes.ts";
import { createInboxQueries } from "./inbox-queries.ts";

/** Most changes of one commit, and most bytes of bodies: the process does nothing else meanwhile. */
const mostPerCommit = 200;
const mostBytesPerCommit = 1024 * 1024;

interface Change {
  readonly make: (sql: Sql) => unknown;
  readonly bytes: number;
}

/** The inbox in the file. Inserts and plain completions of many callers share one commit. */
export function createSqliteInbox(connection: SqliteConnection): Inbox<SqliteTransaction> {
  const watchers = createWatchers();
  const together = createBatches<Change, unknown>({
    run: (changes) => connection.write((sql) => changes.map(({ make }) => make(sql))),
    most: mostPerCommit,
    weigh: { of: ({ bytes }) => bytes, most: mostBytesPerCommit },
    // The requests that the process reads in the same turn of its loop join.
    soon: (action) => setImmediate(action),
  });
  const change = <Result>(make: (sql: Sql) => Result, bytes = 0): Promise<Result> => together({ make, bytes }) as Promise<Result>;

  return {
    insert: async (delivery) => {
      checkDelivery(delivery);
      const inserted = await change((sql) => insert(sql, delivery, connection.now()), delivery.body.length);
      if (inserted) watchers.notify();
      return inserted ? "new" : "duplicate";
    },
    claim: async (options) => {
      checkClaim(options);
      return connection.write((sql) => claim(sql, { ...options, now: connection.now() }));
    },
    renew: async (claimed, { leaseMs }) => {
      checkTtl(leaseMs);
      return { held: await change((sql) => setDue(sql, claimed, connection.now() + leaseMs, false)) };
    },
    complete: async (claimed, state, effect) => {
      const complete = (sql: Sql): boolean => {
        if (!holdsLane(sql, claimed)) return false;
        finish(sql, claimed, { state, now: connection.now() });
        return true;
      };
      if (effect === undefined) return { completed: await change(complete) };
      return { completed: await withEffect(connection, effect, complete) };
    },
    fail: async (claimed, { error, retryInMs }) => {
      const failed = await change((sql) => {
        if (!holdsLane(sql, claimed)) return false;
        if (retryInMs === undefined) finish(sql, claimed, { state: "dead", now: connection.now(), error });
        else {
          sql.run("update inbox set error = ? where seq = ?", error, claimed.delivery.seq);
          setDue(sql, claimed, connection.now() + Math.ceil(retryInMs), true);
        }
        return true;
      });
      return { failed };
    },
    release: async (claimed) => {
      await change((sql) => {
        if (!setDue(sql, claimed, connection.now(), true)) return;
        sql.run("update inbox set attempts = attempts - 1 where seq = ?", claimed.delivery.seq);
      });
    },
    ...createInboxQueries(connection, watchers),
    ...createInboxGaps(connection),
    watch: watchers.add,
  };
}

const insertNew = `
  insert into inbox (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic, state, attempts, duplicates)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, 0) on conflict (id) do nothing`;

function insert(sql: Sql, delivery: InboxDelivery, now: number): boolean {
  const { id, hash, source, type, resource, entity, occurredAt, receivedAt, headers, body, synthetic } = delivery;
  const values = [
    id,
    hash,
    source,
    type,
    resource ?? null,
    entity,
    occurredAt,
    receivedAt,
    JSON.stringify(headers),
    body,
    Number(synthetic),
  ];
  if (sql.run(insertNew, ...values) === 1) {
    enterLane(sql, entity, now);
    return true;
  }
  sql.run("update inbox set duplicates = duplicates + 1 where id = ?", id);
  return false;
}

function claim(sql: Sql, options: { readonly limit: number; readonly leaseMs: number; readonly now: number }): readonly ClaimedDelivery[] {
  const { limit, leaseMs, now } = options;
  const lanes = sql.all("select entity, handled_up_to from inbox_lanes where due_at <= ? order by due_at limit ?", now, limit);
  if (lanes.length === 0) return [];
  const fence = nextNumber(sql, "fence");
  return lanes.map(({ entity, handled_up_to: handledUpTo }) => {
    const lane = String(entity);
    sql.run("update inbox_lanes set fence = ?, due_at = ? where entity = ?", fence, now + leaseMs, lane);
    const row = sql.one(
      `update inbox set attempts = attempts + 1 where seq =
        (select seq from inbox where entity = ? and state = 'waiting' order by occurred_at, seq limit 1) returning *`,
      lane,
    );
    // The lane counts what waits: with nothing there the file was changed by other hands.
    if (row === undefined)
      throw ghlError("storage", `The inbox lists ${lane} as waiting but has no delivery of it.`, { reason: "corrupt" });
    const delivery = decodeDelivery(row);
    return { delivery, stale: handledUpTo !== null && delivery.occurredAt < Number(handledUpTo), fence };
  });
}

interface End {
  readonly state: "done" | "ignored" | "dead";
  readonly now: number;
  readonly error?: string;
}

function finish(sql: Sql, claimed: ClaimedDelivery, { state, now, error }: End): void {
  sql.run("update inbox set state = ?, finished_at = ?, error = ? where seq = ?", state, now, error ?? null, claimed.delivery.seq);
  leaveLane(sql, claimed, now, state === "done");
}

/** Completes first and then runs the effect, in one transaction. What the effect throws is thrown as it is. */
async function withEffect(
  connection: SqliteConnection,
  effect: Effect<SqliteTransaction>,
  complete: (sql: Sql) => boolean,
): Promise<boolean> {
  let failure: { readonly error: unknown } | undefined;
  const action = (sql: Sql): boolean => {
    if (!complete(sql)) return false;
    try {
      runEffect(effect, sql);
    } catch (error) {
      failure = { error };
      throw error;
    }
    return true;
  };
  return connection.write(action).catch((error: unknown) => {
    throw failure === undefined ? error : failure.error;
  });
}

function runEffect(effect: Effect<SqliteTransaction>, sql: Sql): void {
  const outcome: unknown = effect(sql);
  if (!isThenable(outcome)) return;
  // It goes on outside of the transaction and is not awaited; what it did until now is undone.
  void Promise.resolve(outcome).catch(() => {});
  const message = "The effect of a SQLite inbox must not be async: its transaction ends when the function returns.";
  throw ghlError("invalid_request", message, {});
}

/** A promise, or a query builder that would run when it is awaited. */
function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { readonly then?: unknown }).then === "function";
}
