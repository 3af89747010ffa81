import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { measure, type Measure } from "../measure.ts";
import { openLines, startChild } from "./child-process.ts";
import type { HttpLine } from "./http-line.ts";
import { requestOf } from "./http-line.ts";
import { idleMachine } from "./idle-machine.ts";
import { paced } from "./load.ts";
import { appId, publicPem, signedBody } from "./signed-body.ts";

const expired = 300_000;
const dead = 100_000;
const perSecond = 200;
/** Sent at a time, until the maintenance is done. */
const perBatch = 200;
const undisturbed = 4000;
const goalMs = 50;

interface Maintained {
  readonly p99: number;
  readonly seconds: number;
  readonly rows: number;
}

/** A receiver over HTTP on a SQLite inbox, while it prunes and while it replays; this process sends 200 events/s. */
export async function maintenance(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-maintenance-"));
  const path = join(folder, "inbox.db");
  await fill(path);
  await idleMachine();
  const receiver = await startChild<{ port: number }>("./maintained-process.ts", [path, publicPem, appId]);
  const lines = await openLines([receiver.answer.port], 16);
  let sent = 0;
  const send = (count: number): Promise<readonly number[]> =>
    paced(
      lines,
      Array.from({ length: count }, () => requestOf(signedBody((sent += 1)))),
      perSecond,
    );
  const during = async (what: "prune" | "replay"): Promise<Maintained> => {
    const waits: number[] = [];
    const started = performance.now();
    let answer: { readonly rows: number } | undefined;
    const maintained = receiver.ask<{ readonly rows: number }>(what).then((rows) => (answer = rows));
    while (answer === undefined) waits.push(...(await send(perBatch)));
    const { rows } = await maintained;
    return { p99: p99(waits), rows, seconds: (performance.now() - started) / 1000 };
  };
  try {
    const alone = p99(await send(undisturbed));
    const pruned = await during("prune");
    const replayed = await during("replay");
    return [row(`while it prunes ${pruned.rows} rows`, pruned, alone), row(`while it replays ${replayed.rows} dead rows`, replayed, alone)];
  } finally {
    close(lines);
    await receiver.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function row(what: string, { p99: value, seconds }: Maintained, alone: number): Measure {
  const against = { "without maintenance": alone, "s the maintenance took": seconds };
  return measure(`answer of a receiver on SQLite at ${perSecond} events/s, p99, ${what}`, value, "ms", { atMost: goalMs }, against);
}

async function fill(path: string): Promise<void> {
  await createSqliteStorage({ path }).close();
  const database = new DatabaseSync(path);
  database.exec("pragma synchronous = off");
  const rows = database.prepare(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
    insert into inbox (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic, state, attempts, duplicates, finished_at)
    select ? || i, 'h', 's', 'ContactUpdate', 'loc', 'contact:' || (i % 50000), i, i, '{}', zeroblob(700), 0, ?, 1, 0, i from n`);
  rows.run(expired, "e", "done");
  rows.run(dead, "d", "dead");
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
}

function close(lines: readonly HttpLine[]): void {
  for (const line of lines) line.close();
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}
