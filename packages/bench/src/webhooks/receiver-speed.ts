import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { measure, median, type Measure } from "../measure.ts";
import { appId, publicPem, signedBody, type SignedBody } from "./signed-body.ts";

const script = fileURLToPath(new URL("./receiver-process.ts", import.meta.url));
const connections = 64;
const events = 10_000;

/** A receiver over HTTP that commits to SQLite before it answers; this process sends. */
export async function receiverSpeed(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-webhooks-"));
  const path = join(folder, "inbox.db");
  const child = fork(script, [path, publicPem, appId]);
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const signed = Array.from({ length: 2 * events }, (_, at) => signedBody(at));
    const perSecond = await flood(port, agent, signed.slice(0, events));
    const waits = await paced(port, agent, { deliveries: signed.slice(events), perSecond: perSecond / 2 });
    const p99 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? Number.NaN;
    const storage = createSqliteStorage({ path });
    const { waiting } = await storage.inbox.backlog();
    await storage.close();
    return [
      measure("receiver over HTTP with a SQLite inbox, committed before the answer", perSecond, "events/s", { atLeast: 2000 }),
      measure("its answer at half of that, median", median(waits), "ms"),
      measure("its answer at half of that, p99", p99, "ms", { atMost: 25 }),
      measure("events acknowledged and not in the inbox", 2 * events - waiting, "", { atMost: 0 }),
    ];
  } finally {
    agent.destroy();
    const gone = once(child, "exit");
    child.kill();
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
}

async function flood(port: number, agent: Agent, deliveries: readonly SignedBody[]): Promise<number> {
  const started = performance.now();
  let next = 0;
  const send = async (): Promise<void> => {
    for (let delivery = deliveries[next++]; delivery !== undefined; delivery = deliveries[next++]) await post(port, agent, delivery);
  };
  await Promise.all(Array.from({ length: connections }, send));
  return (deliveries.length / (performance.now() - started)) * 1000;
}

/** Sends at a rate, whatever comes back, and notes how long each took. */
async function paced(
  port: number,
  agent: Agent,
  { deliveries, perSecond }: { readonly deliveries: readonly SignedBody[]; readonly perSecond: number },
): Promise<readonly number[]> {
  const started = performance.now();
  const waits: Promise<number>[] = [];
  for (const [at, delivery] of deliveries.entries()) {
    const due = started + (at / perSecond) * 1000;
    const dueInMs = due - performance.now();
    if (dueInMs > 1) await new Promise((resolve) => setTimeout(resolve, dueInMs));
    // From the moment it was due: a sender that falls behind does not hide a wait.
    waits.push(post(port, agent, delivery).then(() => Math.max(0, performance.now() - due)));
  }
  return Promise.all(waits);
}

function post(port: number, agent: Agent, { body, signature }: SignedBody): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "x-ghl-signature": signature, "content-type": "application/json", "content-length": String(body.length) };
    const sending = request({ host: "127.0.0.1", port, agent, method: "POST", path: "/", headers }, (response) => {
      response.resume();
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`The receiver answered ${response.statusCode}.`)),
      );
    });
    sending.on("error", reject);
    sending.end(body);
  });
}
