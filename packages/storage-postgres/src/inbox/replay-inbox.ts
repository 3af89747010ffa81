import type { Inbox } from "@ghlkit/storage";
import { inboxConditions } from "@ghlkit/storage/engine";
import type { PostgresConnection } from "../postgres-connection.ts";

/** Rows that one statement looks at. */
const step = 1000;

const again = "set state = 'waiting', attempts = 0, error = null, finished_at = null";
const enterAgain = `
  insert into $s.inbox_lanes as lane (entity, waiting, due_at)
    select entity, count(*), $s.now_ms() from again group by entity order by entity
    on conflict (entity) do update set waiting = lane.waiting + excluded.waiting, due_at = coalesce(lane.due_at, excluded.due_at)
    returning waiting`;

/**
 * Makes deliveries wait again, in the order of arrival and in steps.
 * @param onStep Called after each step that made some wait.
 */
export async function replayInbox(
  connection: PostgresConnection,
  what: Parameters<Inbox["replay"]>[0],
  onStep: () => void,
): ReturnType<Inbox["replay"]> {
  if ("id" in what) {
    const one = `update $s.inbox ${again} where id = $1 and state <> 'waiting' and body is not null returning entity`;
    const row = await connection.one(`with again as (${one}), entered as (${enterAgain}) select count(*) as replayed from again`, [
      what.id,
    ]);
    const replayed = Number(row?.["replayed"]);
    if (replayed > 0) onStep();
    return { replayed };
  }
  const { where, values } = inboxConditions(what, "$");
  const [receivedAt, seq, newest, most] = [1, 2, 3, 4].map((at) => `$${values.length + at}`);
  const statement = `
    with looked as (
      select seq, received_at from $s.inbox where ${where} and (received_at, seq) > (${receivedAt}, ${seq}) order by received_at, seq limit ${most}
    ), again as (
      update $s.inbox ${again} where seq in (select seq from looked where seq <= ${newest}) and state <> 'waiting' and body is not null
        returning entity
    ), entered as (${enterAgain})
    select (select count(*) from looked) as looked, (select count(*) from again) as replayed,
      (select received_at from looked order by received_at desc, seq desc limit 1) as received_at,
      (select seq from looked order by received_at desc, seq desc limit 1) as seq`;
  // What arrives meanwhile is not meant.
  const last = Number((await connection.one("select coalesce(max(seq), 0) as seq from $s.inbox", []))?.["seq"]);
  let replayed = 0;
  for (let place: readonly number[] = [Number.MIN_SAFE_INTEGER, 0]; ;) {
    const row = await connection.one(statement, [...values, ...place, last, step]);
    const some = Number(row?.["replayed"]);
    replayed += some;
    if (some > 0) onStep();
    if (Number(row?.["looked"]) < step) return { replayed };
    place = [Number(row?.["received_at"]), Number(row?.["seq"])];
  }
}
