import { Pool } from "pg";
import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { startPostgres } from "@ghlkit/test-servers/postgres";

/** An inbox of its own whose time is the clock's. */
export interface TimedInbox {
  readonly inbox: Inbox;
  readonly clock: ManualClock;
  /** Moves the clock, and the inbox with it. */
  readonly pass: (ms: number) => Promise<void>;
}

/** Makes inboxes of an engine. */
export interface Inboxes {
  readonly make: () => Promise<TimedInbox>;
  readonly close: () => Promise<void>;
}

export const engines: Readonly<Record<string, () => Promise<Inboxes>>> = { memory: async () => inMemory, PostgreSQL: onPostgres };

const inMemory: Inboxes = {
  make: async () => {
    const clock = createManualClock();
    return { inbox: createMemoryInbox({ clock }) as Inbox, clock, pass: (ms) => clock.advance(ms) };
  },
  close: async () => {},
};

async function onPostgres(): Promise<Inboxes> {
  const server = await startPostgres();
  const pool = new Pool({ connectionString: server.connectionString });
  // The server goes before its connections do.
  pool.on("error", () => {});
  let schemas = 0;
  return {
    make: async () => {
      const schema = `gap_${(schemas += 1)}`;
      const clock = createManualClock();
      const { inbox } = await createPostgresStorage({ pool, schema });
      // Time is the database's own there: it is made to keep this one.
      const setTime = async (): Promise<void> =>
        void (await pool.query(`create or replace function ${schema}.now_ms() returns bigint language sql volatile as 'select ${clock.now()}::bigint'`)); // prettier-ignore
      await setTime();
      const pass = async (ms: number): Promise<void> => {
        await clock.advance(ms);
        await setTime();
      };
      return { inbox: inbox as Inbox, clock, pass };
    },
    close: async () => {
      await pool.end();
      await server.stop();
    },
  };
}
