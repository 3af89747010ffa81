import { createMemoryStorage } from "@ghlkit/storage";
import { createSync, kinds, type CopyEngine, type Kind, type Sync } from "@ghlkit/sync";
import { sqlite } from "@ghlkit/sync/sqlite";
import { existsSync } from "node:fs";
import { locationsFrom, type LocationsOptions } from "../fields/locations-from.ts";
import { withEnvStorage } from "../fields/with-env-storage.ts";
import { UsageError } from "../usage-error.ts";

/** File of the copy unless another is named. */
export const defaultCopy = "crm.db";

/** Options of all commands on a copy. */
export interface CopyOptions extends LocationsOptions {
  /** SQLite file, or `postgres://…`. */
  readonly copy: string;
  /** Kinds, separated by commas. */
  readonly kinds?: string;
}

/**
 * Opens a copy that an application keeps, and closes it again. A command takes a location up as any process does: what the application has under
 * way there goes on from its last page afterwards.
 * @throws UsageError
 */
export async function withCopy<Result>(
  { copy, ...options }: CopyOptions,
  work: (sync: Sync, selection: { readonly kinds: readonly Kind[] }) => Promise<Result>,
): Promise<Result> {
  const chosen = kindsOf(options.kinds);
  const locations = await locationsFrom(options);
  const clients = new Map(locations.map(({ id, client }) => [id, client]));
  return withEnvStorage(async (storage) => {
    const sync = createSync({
      ghl: { location: (id) => clients.get(id) ?? fail(id) },
      storage: storage ?? createMemoryStorage(),
      locations: [...clients.keys()],
      kinds: chosen,
      into: await engineOf(copy),
      live: storage === undefined ? "polling" : "webhooks",
    });
    try {
      return await work(sync, { kinds: chosen });
    } finally {
      await sync.close();
    }
  });
}

/** @throws UsageError for a location without a token. */
export function fail(id: string): never {
  throw new UsageError(`There is no token for ${id}.`);
}

/** @throws UsageError for a kind that there is not. */
export function kindsOf(text: string | undefined): readonly Kind[] {
  if (text === undefined) return kinds;
  const named = text.split(",").map((name) => name.trim());
  const wrong = named.find((name) => !(kinds as readonly string[]).includes(name));
  if (wrong !== undefined) throw new UsageError(`There is no kind "${wrong}": ${kinds.join(", ")}.`);
  return named as Kind[];
}

/** A copy that is not there is not made: the name is wrong, or the application has not begun. @throws UsageError */
export async function engineOf(copy: string): Promise<CopyEngine> {
  if (/^postgres(ql)?:\/\//.test(copy)) {
    const { postgres } = await import("@ghlkit/sync/postgres").catch((error: unknown) => {
      throw new UsageError(`A copy in PostgreSQL needs pg: npm install pg (${error instanceof Error ? error.message : String(error)}).`);
    });
    return withTables(copy, postgres({ connectionString: copy }));
  }
  if (!existsSync(copy)) throw new UsageError(`There is no copy ${copy}: name its file, or a postgres:// URL, with --copy.`);
  return withTables(copy, sqlite(copy));
}

/** A database that holds no copy is the wrong one: opening it as a copy would make one, of nothing. @throws UsageError */
async function withTables(copy: string, engine: CopyEngine): Promise<CopyEngine> {
  try {
    await engine.all("select version from $s.ghl_sync_schema limit 1");
    return engine;
  } catch (error) {
    await engine.close();
    if (!(error instanceof Error) || !/no such table|does not exist/.test(error.message)) throw error;
    throw new UsageError(`${shownCopy(copy)} holds no copy: name the database that your application gives to createSync, with --copy.`);
  }
}

/** Without the password of a URL. */
function shownCopy(copy: string): string {
  return copy.includes("://") ? "The database" : copy;
}
