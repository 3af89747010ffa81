import type { RateWindow } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createRedisStorage } from "@ghlkit/storage-redis";
import { startPostgres } from "@ghlkit/test-servers/postgres";
import { startRedis } from "@ghlkit/test-servers/redis";

/** A shared window and what to end it with. */
export interface SharedWindow {
  readonly window: RateWindow;
  readonly close: () => Promise<void>;
}

/** The shared window behind a `redis://` or `postgres://` URL. */
export async function openSharedWindow(url: string): Promise<SharedWindow> {
  const stores = url.startsWith("redis") ? createRedisStorage({ url }) : await createPostgresStorage({ connectionString: url });
  return { window: stores.rates, close: stores.close };
}

/** A server of its own for one run. */
export interface StoreServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** `undefined` where the machine has none. */
export async function startRedisServer(): Promise<StoreServer | undefined> {
  const server = await startRedis();
  return server === undefined ? undefined : { url: server.url, close: server.kill };
}

export async function startPostgresServer(): Promise<StoreServer> {
  const { connectionString, stop } = await startPostgres();
  return { url: connectionString, close: stop };
}
