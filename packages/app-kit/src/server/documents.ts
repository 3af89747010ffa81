import type { CopyEngine, SqlSession } from "@ghlkit/sync";
import type { Backend } from "./backend.ts";

/** What an application keeps itself, beside the copy and in its database: JSON by location, kind and id. */
export interface Documents<Value extends object> {
  readonly get: (id: string) => Promise<Value | undefined>;
  /** Those that have such fields, or all; the newest first, at most 500. */
  readonly list: (having?: Partial<Value>) => Promise<readonly Value[]>;
  /** Those that are open, the oldest first: what has to be gone on with. */
  readonly open: () => Promise<readonly Value[]>;
  /** Keeps it unless there is one already. @returns what is kept */
  readonly add: (id: string, value: Value) => Promise<Value>;
  /**
   * `add` that looks at those that have such fields first, the newest at most 500: what throws there adds nothing. Those of the same fields follow one
   * another, so that one sees what the one before has added.
   */
  readonly addInTurn: (having: Partial<Value>, id: string, value: Value, look: (newest: readonly Value[]) => void) => Promise<Value>;
  /** @throws Error when there is none */
  readonly change: (id: string, change: Partial<Value>) => Promise<Value>;
}

const table = `create table if not exists $s.app_documents (location_id text not null, kind text not null, id text not null, created_at bigint not null,
    is_open integer not null, body text not null, primary key (location_id, kind, id))`;
// Tables were made without it before. Open until proved otherwise: `open()` closes those that are not.
const openColumn = "alter table $s.app_documents add column is_open integer not null default 1";
const index = "create index if not exists app_documents_open on $s.app_documents (location_id, kind, is_open, created_at)";

/** Rows of one reading. */
const pageSize = 500;

/** Makes the table. Call it once at the start. */
export async function prepareDocuments({ copy, sync }: Pick<Backend, "copy" | "sync">): Promise<void> {
  // The copy makes its own tables first, and with them their schema.
  await sync.status();
  const prepare = async (): Promise<void> => {
    await copy.all(table);
    const hasOpen = await copy.all("select is_open from $s.app_documents limit 1").then(
      () => true,
      () => false,
    );
    if (!hasOpen) await copy.all(openColumn);
    await copy.all(index);
  };
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
  const get = async (id: string, from: Pick<CopyEngine, "all"> = copy): Promise<Value | undefined> => {
    const [row] = await from.all(`select body from $s.app_documents where ${where} and id = ?3`, [locationId, kind, id]);
    return row && valueOf(row);
  };
  const list = async (having: Partial<Value> = {}, from: Pick<CopyEngine, "all"> = copy): Promise<readonly Value[]> => {
    // A field as JSON writes it; it may stand in another field as well.
    const fields = Object.entries(having).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    const fits = fields.map((_, at) => `and replace(body, ?${at + 3}, '') <> body`).join(" ");
    const newest = `select body from $s.app_documents where ${where} ${fits} order by created_at desc limit ${pageSize}`;
    const rows = await from.all(newest, [locationId, kind, ...fields]);
    const has = (value: Value): boolean =>
      Object.entries(having).every(([name, one]) => (value as Readonly<Record<string, unknown>>)[name] === one);
    return rows.map(valueOf).filter(has);
  };
  const insert = async (sql: SqlSession, id: string, value: Value): Promise<Value> => {
    const statement = `insert into $s.app_documents (location_id, kind, id, created_at, is_open, body) values (?1, ?2, ?3, ?4, ?5, ?6)
      on conflict do nothing`;
    await sql.all(statement, [locationId, kind, id, clock.now(), flagOf(value), JSON.stringify(value)]);
    return (await get(id, sql)) ?? value;
  };
  return {
    get: (id) => get(id),
    list: (having) => list(having),
    async open() {
      const values: Value[] = [];
      const next = `select id, created_at, body from $s.app_documents where ${where} and is_open = 1
        and (created_at > ?3 or (created_at = ?3 and id > ?4)) order by created_at, id limit ${pageSize}`;
      const close = `update $s.app_documents set is_open = 0 where ${where} and id = ?3 and body = ?4`;
      for (let [at, last] = [-1, ""]; ;) {
        const rows = await copy.all(next, [locationId, kind, at, last]);
        for (const row of rows) {
          const value = valueOf(row);
          if (isOpen(value)) values.push(value);
          else await copy.all(close, [locationId, kind, String(row["id"]), String(row["body"])]);
          [at, last] = [Number(row["created_at"]), String(row["id"])];
        }
        if (rows.length < pageSize) return values;
      }
    },
    add: (id, value) => copy.transaction((sql) => insert(sql, id, value)),
    addInTurn: (having, id, value, look) =>
      copy.transaction(async (sql) => {
        // SQLite has one transaction that writes at a time.
        if (copy.dialect.lock !== undefined) await sql.all(copy.dialect.lock, [`${locationId} ${kind} ${JSON.stringify(having)}`]);
        const known = await get(id, sql);
        if (known !== undefined) return known;
        look(await list(having, sql));
        return insert(sql, id, value);
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
