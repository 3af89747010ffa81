import { randomUUID } from "node:crypto";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import type { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { measure, median, type Measure } from "../measure.ts";
import { benchDelivery } from "./bench-delivery.ts";
import { startChild } from "./child-process.ts";
import { faultsOfEffects, waitForEffects } from "./effects.ts";
import { inFlight } from "./load.ts";
import { bossRules } from "./pg-boss-rules.ts";

/** Events that wait, contacts they are about, and how many of them are handled in the measured time. */
interface Backlog {
  readonly waiting: number;
  readonly contacts: number;
  readonly handled: number;
}

const few: Backlog = { waiting: 3000, contacts: 300, handled: 3000 };
/** As after an outage. */
const many: Backlog = { waiting: 20_000, contacts: 5000, handled: 1500 };
const rounds = 3;

/** The lanes of our inbox and pg-boss, each with the same events waiting and two worker processes, in turns: medians of the rounds. */
export async function workDistribution(url: string, pool: Pool): Promise<readonly Measure[]> {
  const results: Drained[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await drainEach(url, pool, few));
  const { ours, each, batches } = await drainEach(url, pool, many);
  const rules = await bossRules(url, pool);
  const kept = Object.values(rules).filter((holds) => holds === 1).length;
  const middle = (pick: (drained: Drained) => number): number => median(results.map(pick));
  const against = { ours: middle((one) => one.ours), each: middle((one) => one.each), batches: middle((one) => one.batches) };
  return [
    measure(
      "3,000 waiting events, 2 workers: speed relative to pg-boss",
      middle((one) => one.ours / one.each),
      "x",
      {},
      named(against),
    ),
    measure("the same with 20,000 waiting, the first 1,500 of them", ours / each, "x", {}, named({ ours, each, batches })),
    measure(`rules of the inbox that pg-boss keeps, of ${Object.keys(rules).length}`, kept, "", {}, rules),
  ];
}

/** Events per second. */
interface Drained {
  readonly ours: number;
  /** pg-boss with a transaction for each event, as our workers have. */
  readonly each: number;
  /** pg-boss with its own workers, one transaction for eight events. */
  readonly batches: number;
}

function named({ ours, each, batches }: Drained): Readonly<Record<string, number>> {
  return { "our lanes, events/s": ours, "pg-boss, a transaction for each": each, "pg-boss, one for eight": batches };
}

async function drainEach(url: string, pool: Pool, backlog: Backlog): Promise<Drained> {
  const name = (): string => `queue_${randomUUID().replaceAll("-", "_")}`;
  const [lanes, each, batches] = [name(), name(), name()];
  await fillInbox(url, lanes, backlog);
  const ours = await drain(pool, backlog, "./worker-process.ts", [url, lanes]);
  await fillBoss(url, each, backlog);
  const one = await drain(pool, backlog, "./pg-boss-process.ts", [url, each, "each"]);
  await fillBoss(url, batches, backlog);
  return { ours, each: one, batches: await drain(pool, backlog, "./pg-boss-process.ts", [url, batches, "batches"]) };
}

async function fillInbox(url: string, schema: string, backlog: Backlog): Promise<void> {
  const { inbox, close } = await createPostgresStorage({ connectionString: url, schema });
  await inFlight(64, deliveries(backlog), async (delivery) => void (await inbox.insert(delivery)));
  await close();
}

async function fillBoss(url: string, queue: string, backlog: Backlog): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 10, supervise: false, schedule: false });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue(queue, { policy: "key_strict_fifo", partition: true });
  const jobs = deliveries(backlog).map(({ entity, body }) => {
    const data = JSON.parse(new TextDecoder().decode(body)) as object;
    return { id: randomUUID(), singletonKey: entity, data };
  });
  // One insert for each event: those of one insert share their time, and are in no order then.
  await inFlight(64, jobs, async (job) => void (await boss.insert(queue, [job])));
  await boss.stop({ graceful: false });
}

function deliveries({ waiting, contacts }: Backlog): readonly ReturnType<typeof benchDelivery>[] {
  return Array.from({ length: waiting }, (_, at) => benchDelivery(at, contacts));
}

/** Events per second of two workers, each event handled once and in order. */
async function drain(pool: Pool, { handled }: Backlog, script: string, args: readonly string[]): Promise<number> {
  await pool.query("truncate effects");
  await pool.query("analyze");
  const workers = [await startChild<string>(script, args), await startChild<string>(script, args)];
  const started = performance.now();
  for (const worker of workers) await worker.ask("begin");
  await waitForEffects(pool, handled);
  const seconds = (performance.now() - started) / 1000;
  for (const worker of workers) await worker.end();
  const { twice, outOfOrder } = await faultsOfEffects(pool);
  if (twice + outOfOrder > 0) throw new Error(`${script}: ${twice} handled twice, ${outOfOrder} out of order`);
  return handled / seconds;
}
