import type { InboxDelivery } from "@ghlkit/storage";
import type { PostgresConnection } from "../postgres-connection.ts";

// Lanes are entered in one order everywhere: two receivers that enter the same ones do not wait for each other in a ring.
const insert = `
  with given as (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::text[], $10::bytea[], $11::boolean[])
      with ordinality as g (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic, at)
  ), fresh as (
    insert into $s.inbox (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic)
      select id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic from given order by at
      on conflict (id) do nothing returning id, entity
  ), entered as (
    insert into $s.inbox_lanes as lane (entity, waiting, due_at)
      select entity, count(*), $s.now_ms() from fresh group by entity order by entity
      on conflict (entity) do update set waiting = lane.waiting + excluded.waiting, due_at = coalesce(lane.due_at, excluded.due_at)
  )
  select id from fresh`;

const countAgain = `
  update $s.inbox i set duplicates = duplicates + again.times
  from (select id, count(*) as times from unnest($1::text[]) as given (id) group by id) again where i.id = again.id`;

/** Inserts many in one transaction; `true` for each that was new. */
export async function insertDeliveries(connection: PostgresConnection, deliveries: readonly InboxDelivery[]): Promise<readonly boolean[]> {
  const column = <Value>(pick: (delivery: InboxDelivery) => Value): Value[] => deliveries.map(pick);
  const rows = await connection.all(insert, [
    column(({ id }) => id),
    column(({ hash }) => hash),
    column(({ source }) => source),
    column(({ type }) => type),
    column(({ resource }) => resource ?? null),
    column(({ entity }) => entity),
    column(({ occurredAt }) => occurredAt),
    column(({ receivedAt }) => receivedAt),
    column(({ headers }) => JSON.stringify(headers)),
    column(({ body }) => Buffer.from(body.buffer, body.byteOffset, body.byteLength)),
    column(({ synthetic }) => synthetic),
  ]);
  const fresh = new Set(rows.map(({ id }) => String(id)));
  // The first of two that are the same is the new one.
  const isNew = deliveries.map(({ id }) => fresh.delete(id));
  const again = deliveries.filter((_delivery, at) => isNew[at] === false).map(({ id }) => id);
  if (again.length > 0) await connection.all(countAgain, [again]);
  return isNew;
}
