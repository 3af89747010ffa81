import { existsSync } from "node:fs";
import { openStorage, storageFromEnv, type OpenedStorage, type StorageSettings } from "ghlkit/node";
import { printable } from "../printable.ts";
import { UsageError } from "../usage-error.ts";

/** The storage that the environment names, which an application made. */
export interface EnvStorage {
  readonly settings: StorageSettings & { readonly database: string };
  /** Its SQLite file, where it is one. */
  readonly file?: string;
  /** There is no such file. */
  readonly isMissing: boolean;
}

/** Reads which storage the environment names; `undefined` where it names none. Opens nothing. */
export function envStorage(): EnvStorage | undefined {
  const settings = storageFromEnv(process.env);
  return settings === undefined ? undefined : storageOf(settings);
}

/** The storage of an app: that of the environment, or the file that `openGhl()` makes without it. */
export function appStorage(): EnvStorage {
  return envStorage() ?? storageOf({});
}

function storageOf(settings: StorageSettings): EnvStorage {
  const { database = "ghlkit.db" } = settings;
  const named = { ...settings, database };
  if (database.includes("://") || database === ":memory:") return { settings: named, isMissing: false };
  return { settings: named, file: database, isMissing: !existsSync(database) };
}

/** Opens it. A file that is not there is not made: its name is wrong, or the application has not begun. @throws UsageError */
export async function openEnvStorage({ settings, isMissing }: EnvStorage): Promise<OpenedStorage> {
  if (isMissing)
    throw new UsageError(
      `There is no file ${printable(settings.database)}: GHL_DATABASE names the one that your app keeps its tokens and webhooks in.`,
    );
  return openStorage(settings);
}

/** Opens it for the work, and closes it again. @throws UsageError where its file is not there. */
export async function withOpened<Result>(named: EnvStorage, work: (storage: OpenedStorage) => Promise<Result>): Promise<Result> {
  const storage = await openEnvStorage(named);
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** The same with the storage of the environment. The work gets `undefined` where that names none. @throws UsageError */
export async function withEnvStorage<Result>(work: (storage: OpenedStorage | undefined) => Promise<Result>): Promise<Result> {
  const named = envStorage();
  return named === undefined ? work(undefined) : withOpened(named, work);
}
