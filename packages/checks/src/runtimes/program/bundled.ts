// The program of a server: `ghlkit/node` as well, whose optional stores are not installed.
import { isGhlError } from "ghlkit";
import { openStorage } from "ghlkit/node";
import { runProgram, type Done } from "./program.ts";
import type { Target } from "./target.ts";

export async function runBundled(target: Target): Promise<readonly Done[]> {
  return [...(await runProgram(target)), await openStores()];
}

/** SQLite needs nothing; the others say what to install. */
async function openStores(): Promise<Done> {
  const what = "storage";
  const sqlite = await openStorage({ database: ":memory:" });
  await sqlite.close();
  const postgres = await problemOf({ database: "postgres://nobody@127.0.0.1:1/none" });
  const redis = await problemOf({ database: ":memory:", redis: "redis://127.0.0.1:1" });
  if (/npm install @ghlkit\/storage-postgres pg/.test(postgres) && /npm install @ghlkit\/storage-redis ioredis/.test(redis))
    return { what };
  return { what, problem: `${postgres}\n${redis}` };
}

async function problemOf(settings: Parameters<typeof openStorage>[0]): Promise<string> {
  try {
    await (await openStorage(settings)).close();
    return "it was opened";
  } catch (error) {
    if (!isGhlError(error, "invalid_request")) return String(error instanceof Error ? error.stack : error);
    return error.message;
  }
}
