import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { insertEffect } from "./effects.ts";

// The worker of `worker-process.ts` on pg-boss: as many events at a time, effect and completion in one transaction. `each`: a
// transaction for each event, on what one fetch gave for all hands that are free. `batches`: its own `work()`, with one transaction
// for eight events, in which one that fails takes the others with it.
const [connectionString = "", queue = "", mode = "each"] = process.argv.slice(2);
const concurrency = 16;
const pool = new Pool({ connectionString, max: 10 });
const boss = new PgBoss({ connectionString, max: 20, supervise: false, schedule: false });
// The server ends before its last connection.
pool.on("error", () => {});
boss.on("error", () => {});

interface Data {
  readonly webhookId: string;
  readonly id: string;
  readonly timestamp: string;
}

function effectOf({ webhookId, id, timestamp }: Data): unknown[] {
  return [webhookId, `contact:${id}`, Date.parse(timestamp), false];
}

let running = 0;
let fetching = false;

async function handle(id: string, retryCount: number, data: Data): Promise<void> {
  const client = await pool.connect();
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  await client.query("begin");
  await client.query(insertEffect, effectOf(data));
  const { affected } = (await boss.complete(queue, { id, retryCount }, null, { db })) as { readonly affected?: number };
  if (affected !== 1) throw new Error("a claim was lost");
  await client.query("commit");
  client.release();
}

/** One fetch at a time, as in our worker. */
async function look(): Promise<void> {
  if (fetching || running >= concurrency) return;
  fetching = true;
  const jobs = await boss.fetch<Data>(queue, { batchSize: concurrency - running, includeMetadata: true });
  fetching = false;
  running += jobs.length;
  for (const { id, retryCount, data } of jobs)
    void handle(id, retryCount, data).then(() => {
      running -= 1;
      void look();
    });
  if (jobs.length === 0) setTimeout(() => void look(), 20);
}

async function workInBatches(): Promise<void> {
  const options = {
    transactional: true,
    batchSize: 8,
    burstWhenBatchFull: true,
    localConcurrency: concurrency,
    pollingIntervalSeconds: 0.5,
  } as const;
  await boss.work<Data, void, typeof options>(queue, options, async (jobs, transaction) => {
    for (const { data } of jobs) await transaction.executeSql(insertEffect, effectOf(data));
  });
}

await boss.start();
process.once("message", () => {
  void (mode === "each" ? look() : workInBatches());
  process.send?.("begun");
});
process.send?.("ready");
