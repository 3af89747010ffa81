import { ghlError } from "@ghlkit/core";
import type { LeaseStore, RateWindow } from "@ghlkit/storage";
import { Redis } from "ioredis";
import { leaseScripts } from "./lease-scripts.ts";
import { rateScript } from "./rate-script.ts";
import type { RedisClient } from "./redis-client.ts";
import { createRedisLeaseStore } from "./redis-lease-store.ts";
import { createRedisRateWindow } from "./redis-rate-window.ts";
import { redisScript } from "./redis-script.ts";

/** A prefix, with a client of yours or a URL. */
export type RedisStorageOptions = RedisPrefixOption & (RedisClientOption | RedisUrlOption);

/** How keys are named. */
export interface RedisPrefixOption {
  /**
   * Start of every key.
   * @default "ghlkit"
   */
  readonly prefix?: string;
  /**
   * Added to Redis's clock, for tests.
   * @default 0
   */
  readonly clockOffsetMs?: () => number;
}

/** With a client of yours. */
export interface RedisClientOption {
  /** A client of yours. It stays open when the storage is closed; its timeouts and its `error` listener are yours. */
  readonly client: RedisClient;
}

/** With a URL. */
export interface RedisUrlOption {
  /** `redis://…` or `rediss://…`; the storage connects by itself, when it is first used. */
  readonly url: string;
  /**
   * How long to wait for a connection, and for an answer.
   * @default 1,000 ms each: who waits longer is better off without
   */
  readonly timeoutMs?: number;
}

/** What Redis holds well: what many processes share and what may be lost after a while. */
export interface RedisStores {
  readonly rates: RateWindow;
  readonly leases: LeaseStore;
  /** Ends the connection it made. May be called more than once. */
  readonly close: () => Promise<void>;
}

/**
 * Rate windows and leases in a Redis (6.2 or newer) that any number of processes and machines share. Time is Redis's.
 *
 * @throws GhlError `invalid_request` for a prefix or URL that cannot be one. The stores reject with `storage`.
 */
export function createRedisStorage(options: RedisStorageOptions): RedisStores {
  const { prefix = "ghlkit", clockOffsetMs = () => 0 } = options;
  if (!/^[\w:.-]{1,100}$/.test(prefix))
    throw ghlError("invalid_request", "prefix must be of letters, digits and _ : . -, at most 100.", {});
  const own = "client" in options ? undefined : connect(options);
  const client = "client" in options ? options.client : (own as Redis);
  const script = (text: string): ReturnType<typeof redisScript> => redisScript(client, text, clockOffsetMs);
  const { acquire, renew, release } = leaseScripts;
  return {
    rates: createRedisRateWindow(script(rateScript), (bucket) => `${prefix}:rate:${bucket}`),
    leases: createRedisLeaseStore(
      { acquire: script(acquire), renew: script(renew), release: script(release) },
      (name) => `${prefix}:lease:${name}`,
    ),
    close: async () => own?.disconnect(),
  };
}

function connect({ url, timeoutMs = 1000 }: RedisUrlOption): Redis {
  if (!/^rediss?:\/\//.test(url)) throw ghlError("invalid_request", "url must begin with redis:// or rediss://.", {});
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 1,
    // A script that was sent may have been carried out: the caller decides, and names its reservation.
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), 1000),
    connectionName: "ghlkit",
  });
  // A connection that breaks must not end the process: the next call gets a new one, or an error.
  client.on("error", () => {});
  return client;
}
