import { absentPackage } from "./absent-package.ts";

// Each import stands inside a `try` and names its package: bundlers then take an installed package in, and leave a missing one out instead
// of failing.

/** @throws GhlError `invalid_request` when it is not installed. */
export async function loadPostgresStorage(): Promise<typeof import("@ghlkit/storage-postgres")> {
  try {
    return await import("@ghlkit/storage-postgres");
  } catch (cause) {
    throw absentPackage("PostgreSQL", "@ghlkit/storage-postgres pg", cause);
  }
}

/** @throws GhlError `invalid_request` when it is not installed. */
export async function loadRedisStorage(): Promise<typeof import("@ghlkit/storage-redis")> {
  try {
    return await import("@ghlkit/storage-redis");
  } catch (cause) {
    throw absentPackage("Redis", "@ghlkit/storage-redis ioredis", cause);
  }
}
