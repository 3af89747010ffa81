import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { RateWindow } from "@ghlkit/storage";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createRedisStorage } from "@ghlkit/storage-redis";

/** A shared window and what to end it with. */
export interface SharedWindow {
  readonly window: RateWindow;
  readonly close: () => Promise<void>;
}

/** The shared window behind a `redis://` or `postgres://` URL. */
export async function openSharedWindow(url: string): Promise<SharedWindow> {
  const stores = url.startsWith("redis") ? createRedisStorage({ url }) : await createPostgresStorage({ connectionString: url });
  return { window: stores.rates, close: stores.close };
}

/** A server of its own for one run. */
export interface StoreServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** `undefined` where the machine has none. */
export async function startRedisServer(): Promise<StoreServer | undefined> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ready = await new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("Ready to accept")) resolve(true);
    });
  });
  return ready ? { url: `redis://127.0.0.1:${port}`, close: () => end(child) } : undefined;
}

/** The PostgreSQL that the tests of `@ghlkit/storage-postgres` use. */
export async function startPostgresServer(): Promise<StoreServer> {
  const script = fileURLToPath(new URL("../../../storage-postgres/test/server-process.ts", import.meta.url));
  const child = fork(script, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [answer] = (await once(child, "message")) as [{ readonly connectionString?: string }];
  return {
    url: answer.connectionString ?? "",
    close: async () => {
      const gone = once(child, "exit");
      child.disconnect();
      await gone;
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill();
  await gone;
}
