import type { Inbox } from "@ghlkit/storage";
import type { PostgresConnection } from "../postgres-connection.ts";

/** Rows that one statement looks at or changes: locks are short, and no `statement_timeout` is met. */
const step = 1000;

// The stretch is found by the index, whatever else stands between what may go; the place it ended at is the next one's begin.
const forget = `
  with looked as (
    select seq, received_at, state from $s.inbox where received_at < $1 and (received_at, seq) > ($2, $3) order by received_at, seq limit $4
  ), gone as (
    delete from $s.inbox where seq in (select seq from looked where state in ('done', 'ignored') order by received_at, seq limit $5)
      and state in ('done', 'ignored') returning entity
  )
  select (select count(*) from looked) as looked, (select array_agg(distinct entity) from gone) as entities,
    (select count(*) from gone) as gone, (select received_at from looked order by received_at desc, seq desc limit 1) as received_at,
    (select seq from looked order by received_at desc, seq desc limit 1) as seq`;
const empty = `
  update $s.inbox set body = null, headers = '{}' where seq in (select seq from $s.inbox
    where finished_at < $1 and body is not null and state in ('done', 'ignored') order by finished_at limit $2) returning 1`;
// A lane that a worker holds is left to the next time: to wait for it could be a ring.
const leaveEmpty = `
  with idle as (
    select lane.entity from $s.inbox_lanes lane where lane.entity = any($1::text[]) and lane.waiting = 0
      and not exists (select 1 from $s.inbox i where i.entity = lane.entity) for update of lane skip locked
  )
  delete from $s.inbox_lanes lane using idle where lane.entity = idle.entity`;

/** Lets go, in steps. With the last delivery of an entity goes its lane: there is one for each entity there ever was. */
export async function pruneInbox(connection: PostgresConnection, limits: Parameters<Inbox["prune"]>[0]): ReturnType<Inbox["prune"]> {
  const { bodiesBefore, idsBefore, atMost = Number.POSITIVE_INFINITY } = limits;
  return { ids: await forgetDeliveries(connection, idsBefore, atMost), bodies: await emptyBodies(connection, bodiesBefore, atMost) };
}

async function forgetDeliveries(connection: PostgresConnection, until: number, atMost: number): Promise<number> {
  let sum = 0;
  let place: readonly [receivedAt: number, seq: number] = [Number.MIN_SAFE_INTEGER, 0];
  while (sum < atMost) {
    const row = await connection.one(forget, [until, ...place, step, Math.min(step, atMost - sum)]);
    const entities = row?.["entities"] ?? undefined;
    if (entities !== undefined) await connection.all(leaveEmpty, [entities]);
    sum += Number(row?.["gone"]);
    if (Number(row?.["looked"]) < step) break;
    place = [Number(row?.["received_at"]), Number(row?.["seq"])];
  }
  return sum;
}

async function emptyBodies(connection: PostgresConnection, before: number, atMost: number): Promise<number> {
  for (let sum = 0; ;) {
    const wanted = Math.min(step, atMost - sum);
    if (wanted <= 0) return sum;
    const { length } = await connection.all(empty, [before, wanted]);
    sum += length;
    if (length < wanted) return sum;
  }
}
