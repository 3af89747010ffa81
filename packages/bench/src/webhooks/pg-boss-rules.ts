import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";

/** Rules of the inbox, and whether a pg-boss queue of its policy `key_strict_fifo` keeps them: 1 or 0. Ours pass its contract suite. */
export type BossRules = Readonly<Record<string, 0 | 1>>;

const queue = "rules";
const dead = "rules-dead";

/** Tries each rule out. */
export async function bossRules(url: string, pool: Pool): Promise<BossRules> {
  const boss = new PgBoss({ connectionString: url, max: 4, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue(dead);
  await boss.createQueue(queue, { policy: "key_strict_fifo", retryLimit: 1, deadLetter: dead });
  const rules = {
    "a failed event holds up its entity": await holdsUp(boss),
    "effect and completion in one transaction": await rollsBack(boss, pool),
    "a known id is no new event": await knowsIds(boss),
    ...(await afterDeath(boss)),
    "of an entity's events that wait the one that happened first": await ordersByTime(boss),
    "replay of an event that was done": await replays(boss),
  };
  await boss.stop({ graceful: false });
  return Object.fromEntries(Object.entries(rules).map(([rule, holds]) => [rule, holds ? 1 : 0]));
}

async function put(boss: PgBoss, entity: string, at: number, id: string = randomUUID()): Promise<boolean> {
  const ids = await boss.insert(queue, [{ id, singletonKey: entity, data: { at } }], { returnId: true });
  return ids !== null && ids.length === 1;
}

async function take(boss: PgBoss): Promise<{ readonly id: string; readonly at: number } | undefined> {
  const [job] = await boss.fetch<{ at: number }>(queue);
  return job === undefined ? undefined : { id: job.id, at: job.data.at };
}

async function takeAndEnd(boss: PgBoss, end: "complete" | "fail"): Promise<string> {
  const job = await take(boss);
  if (job === undefined) throw new Error("pg-boss had nothing to give");
  await (end === "complete" ? boss.complete(queue, job.id) : boss.fail(queue, job.id, { message: "it failed" }));
  return job.id;
}

async function holdsUp(boss: PgBoss): Promise<boolean> {
  await put(boss, "a", 1);
  await put(boss, "a", 2);
  await takeAndEnd(boss, "fail");
  const again = await take(boss);
  const nothing = await take(boss);
  if (again !== undefined) await boss.complete(queue, again.id);
  await takeAndEnd(boss, "complete");
  return again?.at === 1 && nothing === undefined;
}

async function rollsBack(boss: PgBoss, pool: Pool): Promise<boolean> {
  await put(boss, "b", 1);
  const job = await take(boss);
  const client = await pool.connect();
  await client.query("begin");
  await boss.complete(queue, job?.id ?? "", null, { db: { executeSql: (text, values) => client.query(text, values) } });
  await client.query("rollback");
  client.release();
  const found = await boss.getJobById(queue, job?.id ?? "");
  await boss.complete(queue, job?.id ?? "");
  return found?.state === "active";
}

async function knowsIds(boss: PgBoss): Promise<boolean> {
  const id = randomUUID();
  await put(boss, "c", 1, id);
  await takeAndEnd(boss, "complete");
  return !(await put(boss, "c", 1, id));
}

/** Of two events of an entity the first one fails for good. */
async function afterDeath(boss: PgBoss): Promise<Readonly<Record<string, boolean>>> {
  await put(boss, "d", 1);
  await takeAndEnd(boss, "fail");
  const id = await takeAndEnd(boss, "fail");
  await put(boss, "d", 2);
  const [letter] = await boss.fetch(dead, { includeMetadata: true });
  const next = await take(boss);
  await boss.deleteJob(queue, id);
  if (next === undefined) await takeAndEnd(boss, "complete");
  else await boss.complete(queue, next.id);
  const reason = JSON.stringify(letter?.sourceOutput ?? null).includes("it failed");
  return { "dead letters with their reason": reason, "a dead event holds up nothing": next?.at === 2 };
}

async function ordersByTime(boss: PgBoss): Promise<boolean> {
  await put(boss, "e", 2);
  await put(boss, "e", 1);
  const first = await take(boss);
  if (first !== undefined) await boss.complete(queue, first.id);
  await takeAndEnd(boss, "complete");
  return first?.at === 1;
}

async function replays(boss: PgBoss): Promise<boolean> {
  await put(boss, "f", 1);
  await boss.retry(queue, await takeAndEnd(boss, "complete"));
  return (await take(boss)) !== undefined;
}
