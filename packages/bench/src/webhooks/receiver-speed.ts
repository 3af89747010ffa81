import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { measure, median, type Measure } from "../measure.ts";
import { openLines, startChild } from "./child-process.ts";
import { diskWaits } from "./disk-wait.ts";
import { requestOf } from "./http-line.ts";
import { idleMachine } from "./idle-machine.ts";
import { flood, paced } from "./load.ts";
import { watchProcess, type ProcessFigures } from "./process-figures.ts";
import { partsTogether, receiverParts } from "./receiver-parts.ts";
import { appId, publicPem, signedBody } from "./signed-body.ts";

const connections = 64;
const events = 10_000;
/** At half of the rate: what else the machine does is in one of them, or in all. */
const runs = 3;
const perRun = 5000;

/** A receiver over HTTP that commits to SQLite before it answers; this process sends. */
export async function receiverSpeed(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-webhooks-"));
  const requests = Array.from({ length: events + runs * perRun }, (_, at) => requestOf(signedBody(at)));
  try {
    await idleMachine();
    const parts = await receiverParts(folder, requests.slice(0, events), connections);
    const disk = p99(diskWaits(folder, 2000));
    await idleMachine();
    const { perSecond, paces, lost } = await receive(join(folder, "inbox.db"), requests);
    const against = { "verify and parse alone": parts.verify, "insert alone": parts.insert, "HTTP alone": parts.http };
    const sorted = paces.toSorted((a, b) => p99(a.waits) - p99(b.waits));
    const [middle] = sorted.slice(runs >> 1);
    const middleWaits = middle?.waits ?? [];
    const held = { "disk alone, p99 of a commit": disk, ...delays(middle), ...slowest(sorted.at(-1)) };
    return [
      measure("receiver over HTTP with a SQLite inbox, committed before the answer", perSecond, "events/s", { atLeast: 2000 }, against),
      measure("share of one core that does the three one after the other and nothing else", perSecond / partsTogether(parts), "x"),
      measure("its answer at half of that rate, median", median(middleWaits), "ms"),
      measure("its answer at half of that rate, p99 (the middle one of three runs)", p99(middleWaits), "ms", { atMost: 25 }, held),
      measure("events acknowledged and not in the inbox", lost, "", { atMost: 0 }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Pace {
  /** Milliseconds of each answer at half of the rate. */
  readonly waits: readonly number[];
  readonly receiver: ProcessFigures;
  /** This process: an answer counts from the moment its request was due, so that a late sender is in it. */
  readonly sender: ProcessFigures;
}

interface Received {
  readonly perSecond: number;
  readonly paces: readonly Pace[];
  readonly lost: number;
}

async function receive(path: string, requests: readonly Buffer[]): Promise<Received> {
  const receiver = await startChild<{ port: number }>("./receiver-process.ts", [path, publicPem, appId]);
  const lines = await openLines([receiver.answer.port], connections);
  const paces: Pace[] = [];
  const own = watchProcess();
  try {
    const perSecond = await flood(lines, requests.slice(0, events));
    for (let from = events; from < requests.length; from += perRun) {
      await receiver.ask("from now on");
      own();
      const waits = await paced(lines, requests.slice(from, from + perRun), perSecond / 2);
      paces.push({ waits, sender: own(), receiver: await receiver.ask<ProcessFigures>("until now") });
    }
    const storage = createSqliteStorage({ path });
    const { waiting } = await storage.inbox.backlog();
    await storage.close();
    return { perSecond, paces, lost: requests.length - waiting };
  } finally {
    for (const line of lines) line.close();
    await receiver.end();
  }
}

function delays(pace: Pace | undefined): Readonly<Record<string, number>> {
  if (pace === undefined) return {};
  return {
    "p99 of the receiver's event loop": pace.receiver.loopP99Ms,
    "its longest pause for garbage": pace.receiver.longestGcMs,
    "% of the time it had no core": pace.receiver.withoutCore * 100,
    "% the sender had none": pace.sender.withoutCore * 100,
  };
}

function slowest(pace: Pace | undefined): Readonly<Record<string, number>> {
  if (pace === undefined) return {};
  const withoutCore = pace.receiver.withoutCore + pace.sender.withoutCore;
  return { "slowest run": p99(pace.waits), "% receiver and sender had no core in it": withoutCore * 100 };
}

function p99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}
