import type { Inbox } from "@ghlkit/storage";
import type { PostgresConnection, Row } from "../postgres-connection.ts";

/** Rows of one step. */
const step = 5000;

const forget = `
  delete from $s.inbox where seq in (select seq from $s.inbox where received_at < $1 and state in ('done', 'ignored') limit $2)
    returning entity`;
const empty = `
  update $s.inbox set body = null, headers = '{}' where seq in (select seq from $s.inbox
    where finished_at < $1 and body is not null and state in ('done', 'ignored') limit $2) returning 1`;
// A lane that somebody works on is left to the next time: to wait for it could be a ring.
const leaveEmpty = `
  with idle as (
    select lane.entity from $s.inbox_lanes lane where lane.entity = any($1::text[]) and lane.waiting = 0
      and not exists (select 1 from $s.inbox i where i.entity = lane.entity) for update of lane skip locked
  )
  delete from $s.inbox_lanes lane using idle where lane.entity = idle.entity`;

/** Lets go, in steps. With the last delivery of an entity goes its lane: there is one for each entity there ever was. */
export async function pruneInbox(connection: PostgresConnection, limits: Parameters<Inbox["prune"]>[0]): ReturnType<Inbox["prune"]> {
  const { bodiesBefore, idsBefore, atMost = Number.POSITIVE_INFINITY } = limits;
  const forgetSome = async (wanted: number): Promise<readonly Row[]> => {
    const gone = await connection.all(forget, [idsBefore, wanted]);
    if (gone.length > 0) await connection.all(leaveEmpty, [[...new Set(gone.map(({ entity }) => entity))]]);
    return gone;
  };
  return {
    ids: await inSteps(atMost, forgetSome),
    bodies: await inSteps(atMost, (wanted) => connection.all(empty, [bodiesBefore, wanted])),
  };
}

async function inSteps(atMost: number, some: (wanted: number) => Promise<readonly Row[]>): Promise<number> {
  for (let sum = 0; ;) {
    const wanted = Math.min(step, atMost - sum);
    const { length } = await some(wanted);
    sum += length;
    if (length < wanted || sum >= atMost) return sum;
  }
}
