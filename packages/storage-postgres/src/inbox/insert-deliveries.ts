import type { InboxDelivery } from "@ghlkit/storage";
import type { PostgresConnection } from "../postgres-connection.ts";

const insert = "select id from $s.inbox_put($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as id";

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
