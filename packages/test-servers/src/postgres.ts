import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("postgres-process.ts", import.meta.url));

/** A PostgreSQL that is empty and keeps nothing. */
export interface Postgres {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/**
 * A real PostgreSQL on a free port of the loopback address, in a process of its own that ends with this one, even when this one is
 * killed.
 * @throws Error with the server's log when it does not start.
 */
export async function startPostgres(): Promise<Postgres> {
  const server = fork(script, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [answer] = (await once(server, "message")) as [{ readonly connectionString?: string; readonly problem?: string }];
  if (answer.connectionString === undefined) throw new Error(`PostgreSQL did not start: ${answer.problem}`);
  return {
    connectionString: answer.connectionString,
    stop: async () => {
      const gone = once(server, "exit");
      server.disconnect();
      await gone;
    },
  };
}
