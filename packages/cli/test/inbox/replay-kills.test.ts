import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { delivery, filledInbox, finish } from "../filled-inbox.ts";
import { run } from "../run.ts";
import { spawned } from "../spawned.ts";

const count = 3000;

describe("replay that is killed", () => {
  it("has replayed all or none; run again, everything is handled once more and nothing twice", async () => {
    const db = await filledInbox(async (inbox) => {
      await Promise.all(Array.from({ length: count }, (_, at) => inbox.insert(delivery(`d-${at}`))));
      for (let left = count; left > 0; left -= 100) await finish(inbox, "done");
    });
    const waiting = async (): Promise<number> => {
      const storage = createSqliteStorage({ path: db });
      const { waiting: found } = await storage.inbox.backlog();
      await storage.close();
      return found;
    };
    const seen: number[] = [];
    for (let kills = 0; kills < 5; kills += 1) {
      const replay = spawned("webhooks", "replay", "--type", "ContactCreate", "--db", db);
      // A process needs about 300 ms until it writes, and 50 ms to do so.
      const timer = setTimeout(() => replay.kill("SIGKILL"), randomInt(250, 450));
      await replay.ended;
      clearTimeout(timer);
      seen.push(await waiting());
    }
    expect(seen.filter((found) => found !== 0 && found !== count)).toEqual([]);

    expect((await run("webhooks", "replay", "--type", "ContactCreate", "--db", db)).code).toBe(0);
    expect(await waiting()).toBe(count);
    const storage = createSqliteStorage({ path: db });
    const handled: string[] = [];
    for (;;) {
      const claims = await storage.inbox.claim({ owner: "test", limit: 500, leaseMs: 60_000 });
      if (claims.length === 0) break;
      for (const claimed of claims) {
        handled.push(claimed.delivery.id);
        await storage.inbox.complete(claimed, "done");
      }
    }
    await storage.close();
    expect([handled.length, new Set(handled).size]).toEqual([count, count]);
  }, 30_000);
});
