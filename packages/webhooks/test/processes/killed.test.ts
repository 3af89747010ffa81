import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, it } from "vitest";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { appId, createTestSigner, oddBody } from "../signer.ts";

const kills = 25;
const events = 300;
const program = new URL("receiving-process.ts", import.meta.url);
const signer = createTestSigner();
const folder = await mkdtemp(join(tmpdir(), "ghlkit-killed-"));
const path = join(folder, "inbox.db");

afterAll(() => rm(folder, { recursive: true, force: true }));

async function begin(): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = fork(program, [path, signer.publicPem, appId], { execArgv: [] });
  const first: unknown = await Promise.race([once(child, "message"), once(child, "exit")]);
  const [told] = first as [{ readonly port: number } | number | null];
  if (typeof told !== "object" || told === null) throw new Error(`The receiver ended with ${told} before it listened.`);
  const { port } = told;
  return { child, port };
}

it(`loses nothing it acknowledged and does nothing twice, killed ${kills} times`, { timeout: 60_000 }, async () => {
  let { child, port } = await begin();
  let stopped = false;
  const acknowledged = new Set<string>();

  /** The platform: sends until it is acknowledged, to whoever listens now. */
  const send = async (id: string): Promise<void> => {
    const body = oddBody({ webhookId: id, id: `c-${id.length}-${id.at(-1)}` });
    for (;;) {
      const headers = { "x-ghl-signature": signer.sign(body), "content-type": "application/json" };
      const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers }).catch(() => undefined);
      if (answer?.status === 200) return void acknowledged.add(id);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const sendAll = async (): Promise<void> => {
    for (let at = 0; at < events; at += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, more) => send(`w-${at + more}`)));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  };
  const killAll = async (): Promise<void> => {
    for (let at = 0; at < kills; at += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 60));
      const dead = once(child, "exit");
      child.kill("SIGKILL");
      await dead;
      ({ child, port } = await begin());
    }
    stopped = true;
  };
  await Promise.all([sendAll(), killAll()]);
  expect(stopped).toBe(true);

  const storage = createSqliteStorage({ path });
  const until = Date.now() + 20_000;
  while ((await storage.inbox.backlog()).waiting > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  const dead = once(child, "exit");
  child.kill("SIGKILL");
  await dead;

  const database = new DatabaseSync(path);
  const effects = database
    .prepare("select id from effects")
    .all()
    .map(({ id }) => String(id));
  database.close();
  expect(acknowledged.size).toBe(events);
  expect(await storage.inbox.backlog()).toEqual({ waiting: 0, dead: 0 });
  expect(effects.length).toBe(events);
  expect(new Set(effects)).toEqual(acknowledged);
  await storage.close();
});
