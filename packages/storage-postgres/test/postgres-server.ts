import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Connection string of the server that the tests of this package share. */
    readonly postgres: string;
  }
}

let server: ChildProcess | undefined;

/** Starts a real PostgreSQL for the tests of this package. */
export async function setup({ provide }: TestProject): Promise<void> {
  server = fork(fileURLToPath(new URL("server-process.ts", import.meta.url)), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [answer] = (await once(server, "message")) as [{ readonly connectionString?: string; readonly problem?: string }];
  if (answer.connectionString === undefined) throw new Error(`PostgreSQL did not start: ${answer.problem}`);
  provide("postgres", answer.connectionString);
}

/** The server ends with the channel, so that one is left behind not even when the test run is killed. */
export async function teardown(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return;
  const gone = once(server, "exit");
  server.disconnect();
  await gone;
}
