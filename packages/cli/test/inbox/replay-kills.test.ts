import { copyFileSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { delivery, filledInbox } from "../filled-inbox.ts";
import { run } from "../run.ts";
import { spawned } from "../spawned.ts";

const count = 8000;
const replay = ["webhooks", "replay", "--type", "ContactCreate", "--db"] as const;

const filled = (): Promise<string> =>
  filledInbox(async (inbox) => {
    await Promise.all(Array.from({ length: count }, (_, at) => inbox.insert(delivery(`d-${at}`))));
    await handleAll(inbox);
  });

/** Handles what waits. @returns the ids, each as often as it was handled. */
async function handleAll(inbox: ReturnType<typeof createSqliteStorage>["inbox"]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const claims = await inbox.claim({ owner: "test", limit: 1000, leaseMs: 60_000 });
    if (claims.length === 0) return ids;
    await Promise.all(claims.map((claimed) => inbox.complete(claimed, "done")));
    ids.push(...claims.map((claimed) => claimed.delivery.id));
  }
}

async function waitingIn(path: string): Promise<number> {
  const storage = createSqliteStorage({ path });
  const { waiting } = await storage.inbox.backlog();
  await storage.close();
  return waiting;
}

/** Resolves when SQLite has written so many bytes of the transaction, or the process is over. */
async function written(path: string, bytes: number, over: () => boolean): Promise<void> {
  while (!over() && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) < bytes) await setImmediate();
}

describe("replay that is killed", () => {
  it("has replayed the first so many; run again, everything is handled once more and nothing twice", async () => {
    const pristine = await filled();
    const seen: number[] = [];
    const path = `${pristine}.killed`;
    for (const bytes of [1, 50_000, 200_000, 500_000, Infinity]) {
      copyFileSync(pristine, path);
      const child = spawned(...replay, path);
      let isOver = false;
      void child.ended.then(() => (isOver = true));
      await written(path, bytes, () => isOver);
      child.kill("SIGKILL");
      await child.ended;
      seen.push(await waitingIn(path));
    }
    // Some are killed in the middle, the last one not at all: were it otherwise, this would show nothing.
    expect([seen.some((found) => found > 0 && found < count), seen.at(-1)]).toEqual([true, count]);

    copyFileSync(pristine, path);
    const child = spawned(...replay, path);
    let isOver = false;
    void child.ended.then(() => (isOver = true));
    await written(path, 50_000, () => isOver);
    child.kill("SIGKILL");
    await child.ended;
    expect((await run(...replay, path)).code).toBe(0);
    const storage = createSqliteStorage({ path });
    const handled = await handleAll(storage.inbox);
    await storage.close();
    expect([handled.length, new Set(handled).size]).toEqual([count, count]);
  }, 300_000);
});
