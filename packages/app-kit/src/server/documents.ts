import type { Backend } from "./backend.ts";

/** What an application keeps itself, beside the copy and in its database: JSON by location, kind and id. */
export interface Documents<Value extends object> {
  readonly get: (id: string) => Promise<Value | undefined>;
  /** The newest first, at most 500. */
  readonly list: () => Promise<readonly Value[]>;
  /** Those that are open, the oldest first, at most 500: what has to be gone on with. */
  readonly open: () => Promise<readonly Value[]>;
  /** Keeps it unless there is one already. @returns what is kept */
  readonly add: (id: string, value: Value) => Promise<Value>;
  /** @throws Error when there is none */
  readonly change: (id: string, change: Partial<Value>) => Promise<Value>;
}

const statements = [
  `create table if not exists $s.app_documents (location_id text not null, kind text not null, id text not null, created_at bigint not null,
    is_open integer not null, body text not null, primary key (location_id, kind, id))`,
  "create index if not exists app_documents_open on $s.app_documents (location_id, kind, is_open, created_at)",
];

/** Makes the table. Call it once at the start. */
export async function prepareDocuments({ copy, sync }: Pick<Backend, "copy" | "sync">): Promise<void> {
  // The copy makes its own tables first, and with them their schema.
  await sync.status();
  const prepare = (): Promise<void> =>
    copy.transaction(async (sql) => {
      for (const statement of statements) await sql.all(statement);
    });
  // PostgreSQL refuses one of two replicas that make a table at the same moment: it is there then.
  await prepare().catch(prepare);
}

/** @param isOpen Whether there is still something to do with one. Default: never. */
export function documentsOf<Value extends object>(
  { copy, clock }: Pick<Backend, "copy" | "clock">,
  locationId: string,
  kind: string,
  isOpen: (value: Value) => boolean = () => false,
): Documents<Value> {
  const where = "location_id = ?1 and kind = ?2";
  const valueOf = (row: Readonly<Record<string, unknown>>): Value => JSON.parse(String(row["body"])) as Value;
  const flagOf = (value: Value): number => (isOpen(value) ? 1 : 0);
  const get = async (id: string, from: Pick<Backend["copy"], "all"> = copy): Promise<Value | undefined> => {
    const [row] = await from.all(`select body from $s.app_documents where ${where} and id = ?3`, [locationId, kind, id]);
    return row && valueOf(row);
  };
  const listed = async (which: string): Promise<readonly Value[]> =>
    (await copy.all(`select body from $s.app_documents where ${where} ${which} limit 500`, [locationId, kind])).map(valueOf);
  return {
    get: (id) => get(id),
    list: () => listed("order by created_at desc"),
    open: () => listed("and is_open = 1 order by created_at"),
    add: (id, value) =>
      copy.transaction(async (sql) => {
        const insert = "insert into $s.app_documents values (?1, ?2, ?3, ?4, ?5, ?6) on conflict do nothing";
        await sql.all(insert, [locationId, kind, id, clock.now(), flagOf(value), JSON.stringify(value)]);
        return (await get(id, sql)) ?? value;
      }),
    change: (id, change) =>
      copy.transaction(async (sql) => {
        const known = await get(id, sql);
        if (known === undefined) throw new Error(`There is no ${kind} ${id}.`);
        const next = { ...known, ...change };
        const update = `update $s.app_documents set is_open = ?4, body = ?5 where ${where} and id = ?3`;
        await sql.all(update, [locationId, kind, id, flagOf(next), JSON.stringify(next)]);
        return next;
      }),
  };
}
