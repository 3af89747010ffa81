import type { ClaimedDelivery } from "@ghlkit/storage";
import type { Row } from "../postgres-connection.ts";

/** How a claim ends. */
export interface Finish {
  readonly claimed: ClaimedDelivery;
  readonly state: "done" | "ignored" | "dead";
  readonly error?: string;
}

/** Something that runs statements: the pool, or a client within its transaction. */
export interface Runner {
  readonly all: (sql: string, values: unknown[]) => Promise<readonly Row[]>;
}

const finish = `
  with given as (
    select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[])
      as g (seq, entity, fence, state, error, occurred_at)
  ), held as (
    select lane.entity from $s.inbox_lanes lane join given g on g.entity = lane.entity and g.fence = lane.fence
      order by lane.entity for update of lane
  ), freed as (
    update $s.inbox_lanes lane set waiting = waiting - 1, fence = 0, due_at = case when waiting > 1 then $s.now_ms() end,
      handled_up_to = case when g.state = 'done' then greatest(handled_up_to, g.occurred_at) else handled_up_to end
    from given g where lane.entity = g.entity and lane.fence = g.fence and lane.entity in (select entity from held)
    returning g.seq, g.state, g.error
  )
  update $s.inbox i set state = freed.state, error = freed.error, finished_at = $s.now_ms() from freed where i.seq = freed.seq returning i.seq`;

/** Ends many claims in one transaction; `true` for each that was still held. */
export async function finishDeliveries(runner: Runner, finishes: readonly Finish[]): Promise<readonly boolean[]> {
  const column = <Value>(pick: (finish: Finish) => Value): Value[] => finishes.map(pick);
  const rows = await runner.all(finish, [
    column(({ claimed }) => claimed.delivery.seq),
    column(({ claimed }) => claimed.delivery.entity),
    column(({ claimed }) => claimed.fence),
    column(({ state }) => state),
    column(({ error }) => error ?? null),
    column(({ claimed }) => claimed.delivery.occurredAt),
  ]);
  const ended = new Set(rows.map(({ seq }) => Number(seq)));
  return finishes.map(({ claimed }) => ended.delete(claimed.delivery.seq));
}
