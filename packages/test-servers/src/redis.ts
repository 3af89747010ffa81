import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { freePort } from "./free-port.ts";

/** A Redis of its own on a free port of the loopback address. It is empty and keeps nothing. */
export interface RedisServer {
  readonly url: string;
  /** Ends it the hard way. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port, empty. */
  readonly start: () => Promise<void>;
}

/** `undefined` where the machine has no redis-server, which is said loudly; with CI=true that is an error. */
export async function startRedis(): Promise<RedisServer | undefined> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await ready(child);
  };
  try {
    await start();
  } catch (cause) {
    if (process.env["CI"] === "true") throw new Error("redis-server is missing: what needs it cannot run.", { cause });
    console.warn("\n*** redis-server is not installed: what needs it DOES NOT RUN (apt-get install redis-server). ***\n");
    return undefined;
  }
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  return { url: `redis://127.0.0.1:${port}`, kill, start };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error("redis-server ended at once.")));
    child.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("Ready to accept connections")) resolve();
    });
  });
}
