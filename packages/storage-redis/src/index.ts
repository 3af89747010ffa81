export {
  createRedisStorage,
  type RedisClientOption,
  type RedisPrefixOption,
  type RedisStorageOptions,
  type RedisStores,
  type RedisUrlOption,
} from "./redis-storage.ts";
export type { RedisClient } from "./redis-client.ts";
