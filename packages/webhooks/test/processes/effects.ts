import { DatabaseSync } from "node:sqlite";
import { Pool } from "pg";
import type { Inbox } from "@ghlkit/storage";
import { createPostgresStorage, type PostgresTransaction } from "@ghlkit/storage-postgres";
import { createSqliteStorage, type SqliteTransaction } from "@ghlkit/storage-sqlite";

/** Where an inbox lies: path of a file, or a connection string. */
export interface InboxPlace {
  readonly engine: "sqlite" | "postgres";
  readonly at: string;
}

/** An inbox with a table beside it that handlers write into. */
export interface Effects {
  readonly inbox: Inbox;
  /** Notes an id, within the transaction that completes its event. */
  readonly add: (transaction: unknown, id: string) => void | Promise<void>;
  /** Every id that was noted, as often as it was. */
  readonly list: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

export async function openEffects({ engine, at }: InboxPlace): Promise<Effects> {
  return engine === "sqlite" ? onSqlite(at) : onPostgres(at);
}

function onSqlite(path: string): Effects {
  // The file is the storage's own: it is made by it, and tables of the app come after.
  const { inbox, close } = createSqliteStorage({ path });
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec("create table if not exists effects (id text not null)");
  return {
    inbox: inbox as Inbox,
    add: (transaction, id) => void (transaction as SqliteTransaction).run("insert into effects (id) values (?)", id),
    list: async () => database.prepare("select id from effects").all().map(({ id }) => String(id)), // prettier-ignore
    close: async () => {
      database.close();
      await close();
    },
  };
}

async function onPostgres(connectionString: string): Promise<Effects> {
  const pool = new Pool({ connectionString, max: 10 });
  pool.on("error", () => {});
  const { inbox, close } = await createPostgresStorage({ pool });
  await pool.query("create table if not exists ghlkit.effects (id text not null)");
  return {
    inbox: inbox as Inbox,
    add: async (transaction, id) => {
      await (transaction as PostgresTransaction).all("insert into $s.effects (id) values ($1)", [id]);
    },
    list: async () => (await pool.query<{ id: string }>("select id from ghlkit.effects")).rows.map(({ id }) => id),
    close: async () => {
      await close();
      await pool.end();
    },
  };
}
