import { createHash } from "node:crypto";
import type { RedisClient } from "./redis-client.ts";
import { redisError } from "./redis-error.ts";

/** Runs a script by its hash; sends its text only when Redis does not know it (any more). */
export type RedisScript = (key: string, ...args: (string | number)[]) => Promise<unknown>;

/** @throws GhlError `storage`, from the script returned. */
export function redisScript(client: RedisClient, text: string, clockOffsetMs: () => number): RedisScript {
  const known = { source: "", sha: "" };
  return async (key, ...args) => {
    const source = text.replaceAll("CLOCK_OFFSET", String(clockOffsetMs()));
    if (source !== known.source) Object.assign(known, { source, sha: createHash("sha1").update(source).digest("hex") });
    try {
      return await client.evalsha(known.sha, 1, key, ...args).catch((error: unknown) => {
        if (!/NOSCRIPT/.test(String(error))) throw error;
        return client.eval(source, 1, key, ...args);
      });
    } catch (error) {
      throw redisError(error);
    }
  };
}
