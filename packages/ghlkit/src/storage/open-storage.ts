import { encryptedTokenStore, type RewriteReport } from "@ghlkit/auth";
import type { Stores } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { keyRingOf } from "./encryption-key.ts";
import { loadPostgresStorage, loadRedisStorage } from "./optional-packages.ts";
import { isPostgresUrl, type StorageSettings } from "./storage-settings.ts";

/** Stores, and where they are. */
export interface OpenedStorage extends Stores {
  /** For people, e.g. `SQLite ghlkit.db` or `PostgreSQL, rate windows in Redis`. Holds no password. */
  readonly where: string;
  /**
   * With an encryption key: encrypts the tokens that are stored as plain text or under an older key. `skipped` ones are in the middle
   * of a refresh: run it again.
   */
  readonly encryptTokens?: () => Promise<RewriteReport>;
}

/**
 * Opens what tokens, installations, webhooks, rate windows and the journal are kept in: SQLite with nothing to install, or
 * PostgreSQL and Redis by settings alone.
 *
 * @throws GhlError `invalid_request` for settings that cannot be, or a package that is not installed; `storage` when the
 *   database cannot be opened.
 */
export async function openStorage({ encryptionKey, ...settings }: StorageSettings = {}): Promise<OpenedStorage> {
  // Checked before anything is opened.
  const keys = encryptionKey === undefined ? undefined : await keyRingOf(encryptionKey, "encryptionKey");
  const opened = await openPlain(settings);
  if (keys === undefined) return opened;
  const tokens = encryptedTokenStore(opened.tokens, keys, { acceptPlaintext: true });
  return { ...opened, tokens, encryptTokens: tokens.rewrap, where: `${opened.where}, tokens encrypted` };
}

async function openPlain({ database = "ghlkit.db", redis, clock }: Omit<StorageSettings, "encryptionKey">): Promise<OpenedStorage> {
  const isPostgres = isPostgresUrl(database);
  const ofFile = { path: database, ...(clock === undefined ? {} : { clock }) };
  const stores: Stores = isPostgres ? await openPostgres(database) : createSqliteStorage(ofFile);
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
