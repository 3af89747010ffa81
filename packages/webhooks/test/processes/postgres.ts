import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../../storage-postgres/test/server-process.ts", import.meta.url));

export interface Postgres {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** A real PostgreSQL, in a process of its own that ends with this one. */
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
