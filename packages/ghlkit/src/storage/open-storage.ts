import type { Stores } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { loadPostgresStorage, loadRedisStorage } from "./optional-packages.ts";
import { isPostgresUrl, type StorageSettings } from "./storage-settings.ts";

/** Stores, and where they are. */
export interface OpenedStorage extends Stores {
  /** For people, e.g. `SQLite ghlkit.db` or `PostgreSQL, rate windows in Redis`. Holds no password. */
  readonly where: string;
}

/**
 * Opens what tokens, installations, webhooks, rate windows and the journal are kept in: SQLite with nothing to install, or
 * PostgreSQL and Redis by settings alone.
 *
 * @throws GhlError `invalid_request` for settings that cannot be, or a package that is not installed; `storage` when the
 *   database cannot be opened.
 */
export async function openStorage({ database = "ghlkit.db", redis }: StorageSettings = {}): Promise<OpenedStorage> {
  const isPostgres = isPostgresUrl(database);
  const stores: Stores = isPostgres ? await openPostgres(database) : createSqliteStorage({ path: database });
  const where = isPostgres ? "PostgreSQL" : `SQLite ${database}`;
  if (redis === undefined) return { ...stores, where };
  try {
    const { createRedisStorage } = await loadRedisStorage();
    const { rates, leases, close } = createRedisStorage({ url: redis });
    const closeAll = async (): Promise<void> => {
      await Promise.all([close(), stores.close()]);
    };
    return { ...stores, rates, leases, close: closeAll, where: `${where}, rate windows and leases in Redis` };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function openPostgres(connectionString: string): Promise<Stores> {
  const { createPostgresStorage } = await loadPostgresStorage();
  return createPostgresStorage({ connectionString });
}
