import type { Backend } from "@ghlkit/app-kit/server";

export type DocumentKind = "quote" | "attempt" | "charge" | "flag";

/** What the application keeps itself, beside the copy and in its database: JSON by location, kind and id. */
export interface Documents<Value extends object> {
  readonly get: (id: string) => Promise<Value | undefined>;
  /** The newest first. */
  readonly list: () => Promise<readonly Value[]>;
  /** Keeps it unless there is one already. @returns what is kept */
  readonly add: (id: string, value: Value) => Promise<Value>;
  /** @throws Error when there is none */
  readonly change: (id: string, change: Partial<Value>) => Promise<Value>;
}

const table = `create table if not exists $s.payments_documents (
  location_id text not null, kind text not null, id text not null, created_at bigint not null, body text not null, primary key (location_id, kind, id))`;

export async function prepareDocuments({ copy }: Pick<Backend, "copy">): Promise<void> {
  await copy.transaction((sql) => sql.all(table));
}

export function documentsOf<Value extends object>(
  { copy, clock }: Pick<Backend, "copy" | "clock">,
  locationId: string,
  kind: DocumentKind,
): Documents<Value> {
  const where = "location_id = ?1 and kind = ?2";
  const read = (row: Readonly<Record<string, unknown>> | undefined): Value | undefined =>
    row === undefined ? undefined : (JSON.parse(String(row["body"])) as Value);
  const get = async (id: string, from: Pick<Backend["copy"], "all"> = copy): Promise<Value | undefined> =>
    read((await from.all(`select body from $s.payments_documents where ${where} and id = ?3`, [locationId, kind, id]))[0]);
  return {
    get: (id) => get(id),
    async list() {
      const rows = await copy.all(`select body from $s.payments_documents where ${where} order by created_at desc limit 500`, [
        locationId,
        kind,
      ]);
      return rows.flatMap((row) => read(row) ?? []);
    },
    add: (id, value) =>
      copy.transaction(async (sql) => {
        const insert = "insert into $s.payments_documents values (?1, ?2, ?3, ?4, ?5) on conflict do nothing";
        await sql.all(insert, [locationId, kind, id, clock.now(), JSON.stringify(value)]);
        return (await get(id, sql)) ?? value;
      }),
    change: (id, change) =>
      copy.transaction(async (sql) => {
        const known = await get(id, sql);
        if (known === undefined) throw new Error(`There is no ${kind} ${id}.`);
        const next = { ...known, ...change };
        await sql.all(`update $s.payments_documents set body = ?4 where ${where} and id = ?3`, [
          locationId,
          kind,
          id,
          JSON.stringify(next),
        ]);
        return next;
      }),
  };
}
