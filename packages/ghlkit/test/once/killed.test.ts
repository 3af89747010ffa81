import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openStorage } from "../../src/node.ts";

const program = new URL("writing-process.ts", import.meta.url);
const writes = 40;
const kills = 8;
const folder = await mkdtemp(join(tmpdir(), "ghlkit-once-"));

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A platform that takes so long before and after a write has its effect, and counts how often each had. */
async function startPlatform(effects: Map<string, number>, delayMs: () => number): Promise<Server> {
  const server = createServer((request, response) => {
    const key = request.url ?? "";
    if (request.method === "GET") return void response.writeHead(effects.has(key) ? 200 : 404).end(key);
    setTimeout(() => {
      effects.set(key, (effects.get(key) ?? 0) + 1);
      setTimeout(() => response.end(key), delayMs());
    }, delayMs());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("writes once beside another process, although that takes longer than the lease", { timeout: 300_000 }, async () => {
  const effects = new Map<string, number>();
  const server = await startPlatform(effects, () => 900);
  const database = join(folder, "slow.db");
  const children = [1, 2].map(() => fork(program, [database, urlOf(server), "1", "600"], { execArgv: [] }));
  const codes = await Promise.all(children.map(async (child) => ((await once(child, "exit")) as [number | null])[0]));
  server.close();
  expect(codes).toEqual([0, 0]);
  expect([...effects.values()]).toEqual([1]);
});

it(`writes once each, killed ${kills} times in the middle`, { timeout: 300_000 }, async () => {
  const effects = new Map<string, number>();
  const server = await startPlatform(effects, () => Math.random() * 20);
  const database = join(folder, "journal.db");
  const begin = () => fork(program, [database, urlOf(server), String(writes)], { execArgv: [] });
  for (let kill = 0; kill < kills; kill += 1) {
    const child = begin();
    const gone = once(child, "exit");
    const before = effects.size;
    // Somewhere within a write, wherever that is.
    while (effects.size === before && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    child.kill("SIGKILL");
    await gone;
  }
  const [code] = (await once(begin(), "exit")) as [number | null];
  server.close();
  expect(code).toBe(0);
  expect(effects.size).toBe(writes);
  expect([...effects.values()].filter((times) => times !== 1)).toEqual([]);
  const storage = await openStorage({ database });
  expect((await storage.journal.unfinished()).length).toBe(0);
  await storage.close();
});
