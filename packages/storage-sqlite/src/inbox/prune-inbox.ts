import type { Inbox } from "@ghlkit/storage";
import type { Sql, SqliteConnection } from "../sqlite-connection.ts";

/** Rows of one step: other writers get in between. */
const step = 2000;

const forget = `
  delete from inbox where seq in (select seq from inbox where received_at < ? and state in ('done', 'ignored') limit ?) returning entity`;
const empty = `
  update inbox set body = null, headers = '{}' where seq in (select seq from inbox
    where finished_at < ? and body is not null and state in ('done', 'ignored') limit ?) returning entity`;
const leaveEmpty = `
  delete from inbox_lanes where entity = ? and waiting = 0 and not exists (select 1 from inbox i where i.entity = inbox_lanes.entity)`;

/** Lets go, in steps. With the last delivery of an entity goes its lane: there is one for each entity there ever was. */
export async function pruneInbox(connection: SqliteConnection, limits: Parameters<Inbox["prune"]>[0]): ReturnType<Inbox["prune"]> {
  const { bodiesBefore, idsBefore, atMost = Number.POSITIVE_INFINITY } = limits;
  const forgetSome = (sql: Sql, wanted: number): number => {
    const gone = sql.all(forget, idsBefore, wanted);
    for (const entity of new Set(gone.map((row) => String(row["entity"])))) sql.run(leaveEmpty, entity);
    return gone.length;
  };
  return {
    ids: await inSteps(connection, atMost, forgetSome),
    bodies: await inSteps(connection, atMost, (sql, wanted) => sql.all(empty, bodiesBefore, wanted).length),
  };
}

async function inSteps(connection: SqliteConnection, atMost: number, some: (sql: Sql, wanted: number) => number): Promise<number> {
  for (let sum = 0; ;) {
    const wanted = Math.min(step, atMost - sum);
    const changed = await connection.write((sql) => some(sql, wanted));
    sum += changed;
    if (changed < wanted || sum >= atMost) return sum;
  }
}
