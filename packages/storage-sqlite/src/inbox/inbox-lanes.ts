import type { ClaimedDelivery } from "@ghlkit/storage";
import type { Sql } from "../sqlite-connection.ts";

const enter = `
  insert into inbox_lanes (entity, waiting, due_at, fence) values (?, 1, ?, 0)
  on conflict (entity) do update set waiting = waiting + 1, due_at = coalesce(due_at, excluded.due_at)`;

/** Counts one more that waits. A lane that is held, or waits after a failure, keeps its time. */
export function enterLane(sql: Sql, entity: string, now: number): void {
  sql.run(enter, entity, now);
}

/** Whether the claim still holds its lane. */
export function holdsLane(sql: Sql, { delivery, fence }: ClaimedDelivery): boolean {
  return sql.one("select 1 from inbox_lanes where entity = ? and fence = ?", delivery.entity, fence) !== undefined;
}

/** Sets when the lane is due; with `free` no worker holds it from then on. */
export function setDue(sql: Sql, { delivery, fence }: ClaimedDelivery, dueAt: number, free: boolean): boolean {
  const statement = `update inbox_lanes set due_at = ?${free ? ", fence = 0" : ""} where entity = ? and fence = ?`;
  return sql.run(statement, dueAt, delivery.entity, fence) === 1;
}

const leave = `
  update inbox_lanes set waiting = waiting - 1, fence = 0, due_at = case when waiting > 1 then ? end,
    handled_up_to = max(coalesce(handled_up_to, ?), ?)
  where entity = ?`;

/** Takes the delivery out of its lane and frees the lane. `handled`: it counts for what is stale from now on. */
export function leaveLane(sql: Sql, { delivery }: ClaimedDelivery, now: number, handled: boolean): void {
  const { entity, occurredAt } = delivery;
  if (handled) sql.run(leave, now, occurredAt, occurredAt, entity);
  else
    sql.run(
      "update inbox_lanes set waiting = waiting - 1, fence = 0, due_at = case when waiting > 1 then ? end where entity = ?",
      now,
      entity,
    );
}
