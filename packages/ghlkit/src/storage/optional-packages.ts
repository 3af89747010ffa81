import { ghlError } from "@ghlkit/core";

// Each import stands inside a `try` and names its package: bundlers then take an installed package in, and leave a missing one out instead
// of failing.

/** @throws GhlError `invalid_request` when it is not installed. */
export async function loadPostgresStorage(): Promise<typeof import("@ghlkit/storage-postgres")> {
  try {
    return await import("@ghlkit/storage-postgres");
  } catch (cause) {
    throw absent("PostgreSQL", "@ghlkit/storage-postgres pg", cause);
  }
}

/** @throws GhlError `invalid_request` when it is not installed. */
export async function loadRedisStorage(): Promise<typeof import("@ghlkit/storage-redis")> {
  try {
    return await import("@ghlkit/storage-redis");
  } catch (cause) {
    throw absent("Redis", "@ghlkit/storage-redis ioredis", cause);
  }
}

/** What Node.js, Bun, Deno and the bundlers throw for a module that is not there. */
const codes = new Set<unknown>(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);
const words = /cannot find (module|package)|could not resolve|module not found/i;

function absent(what: string, packages: string, cause: unknown): unknown {
  const { code, message } = (cause ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (!codes.has(code) && !words.test(String(message))) return cause;
  const bundled = "A bundle needs them when it is made, or beside it when it runs.";
  return ghlError("invalid_request", `${what} needs packages that are missing: npm install ${packages}. ${bundled}`, {}, { cause });
}
