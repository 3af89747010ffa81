import { fork } from "node:child_process";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { fileURLToPath } from "node:url";
import { measure, type Measure } from "../measure.ts";
import { startPostgresServer, startRedisServer } from "./shared-stores.ts";

const script = fileURLToPath(new URL("./limited-process.ts", import.meta.url));
const calls = Number(process.env["BENCH_SHARED_CALLS"] ?? 10_000);
const processes = 4;
const limit = 100;
const windowMs = 1000;

/** 10,000 calls at 100 per second from four processes that share a window. */
export async function severalProcesses(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const [name, start] of [["Redis", startRedisServer] as const, ["PostgreSQL", startPostgresServer] as const]) {
    const store = await start();
    if (store === undefined) {
      console.warn(`No ${name} on this machine: its rows are missing.`);
      continue;
    }
    const { ok, refused, ms } = await run(store.url);
    await store.close();
    const idealMs = (Math.ceil(calls / limit) - 1) * windowMs;
    const label = `${calls} calls at ${limit} per second, ${processes} processes sharing ${name}`;
    measures.push(
      measure(`${label}: calls that succeed`, ok, "", { atLeast: calls }),
      measure(`${label}: 429s`, refused, "", { atMost: 0 }),
      measure(`${label}: share of the ideal rate`, (idealMs / ms) * 100, "%", { atLeast: 97 }),
    );
  }
  return measures;
}

async function run(store: string): Promise<{ readonly ok: number; readonly refused: number; readonly ms: number }> {
  const server = new Worker(new URL("./rated-server.ts", import.meta.url), { workerData: { limit, windowMs, kind: "sliding", offset: 0 } });
  const [{ url }] = (await once(server, "message")) as [{ url: string }];
  const env = {
    ...process.env,
    BENCH_URL: url,
    BENCH_STORE: store,
    BENCH_CALLS: String(calls / processes),
    BENCH_LIMIT: String(limit),
    BENCH_WINDOW: String(windowMs),
  };
  const children = [];
  for (let at = 0; at < processes; at += 1) {
    const child = fork(script, { env });
    await once(child, "message");
    children.push(child);
  }
  const gone = children.map((child) => once(child, "exit"));
  const started = performance.now();
  const results = children.map((child) => once(child, "message") as Promise<[{ readonly ok: number }]>);
  for (const child of children) child.send("go");
  const ok = (await Promise.all(results)).reduce((sum, [one]) => sum + one.ok, 0);
  const ms = performance.now() - started;
  await Promise.all(gone);
  server.postMessage("count");
  const [{ refused }] = (await once(server, "message")) as [{ refused: number }];
  await server.terminate();
  return { ok, refused, ms };
}
