import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { Pool } from "pg";
import { measure, type Measure } from "../measure.ts";
import { startPostgresServer } from "../resilience/shared-stores.ts";
import { openLines, startChild } from "./child-process.ts";
import { createEffects, faultsOfEffects, waitForEffects, type EffectFaults } from "./effects.ts";
import { requestOf } from "./http-line.ts";
import { idleMachine } from "./idle-machine.ts";
import { flood } from "./load.ts";
import { postgresLimit } from "./postgres-limit.ts";
import { appId, publicPem, signedBody } from "./signed-body.ts";
import { workDistribution } from "./work-distribution.ts";

const connections = 64;
const events = 6000;
const contacts = 500;

/** Two receivers, two workers, their PostgreSQL and the sender on this machine: from the first request to the last effect. */
export async function postgresSpeed(): Promise<readonly Measure[]> {
  const requests = Array.from({ length: events }, (_, at) => requestOf(signedBody(at, contacts)));
  const server = await startPostgresServer();
  const pool = new Pool({ connectionString: server.url, max: 2 });
  // The server may end before its last connection.
  pool.on("error", () => {});
  try {
    await idleMachine();
    const limit = await postgresLimit(pool, server.url, connections);
    const { accepted, handled, faults } = await endToEnd(server.url, pool, requests);
    const against = {
      "bare one-row inserts": limit.oneRow,
      "bare inserts of 64 rows": limit.manyRows,
      "accepted by the receivers": accepted,
    };
    return [
      measure(
        "PostgreSQL, 2 receivers and 2 workers on one machine, request to committed effect",
        handled,
        "events/s",
        { atLeast: 700 },
        against,
      ),
      measure("share of the one-row inserts that PostgreSQL takes of the same bytes", handled / limit.oneRow, "x"),
      measure("events handled twice, or out of order without being called stale", faults.twice + faults.outOfOrder, "", { atMost: 0 }),
      ...(await workDistribution(server.url, pool)),
    ];
  } finally {
    await pool.end();
    await server.close();
  }
}

export interface EndToEnd {
  /** Events per second until all were answered with 200. */
  readonly accepted: number;
  /** Events per second until all were handled. */
  readonly handled: number;
  readonly faults: EffectFaults;
}

export async function endToEnd(url: string, pool: Pool, requests: readonly Buffer[]): Promise<EndToEnd> {
  // Makes the tables, so that four processes need not.
  await (await createPostgresStorage({ connectionString: url })).close();
  await pool.query(createEffects);
  const start = (): ReturnType<typeof startChild<{ port: number }>> => startChild("./receiver-process.ts", [url, publicPem, appId]);
  const receivers = [await start(), await start()];
  const workers = [await startChild("./worker-process.ts", [url]), await startChild("./worker-process.ts", [url])];
  const lines = await openLines(
    receivers.map(({ answer }) => answer.port),
    connections,
  );
  try {
    for (const worker of workers) await worker.ask("begin");
    const started = performance.now();
    const accepted = await flood(lines, requests);
    await waitForEffects(pool, requests.length);
    const handled = requests.length / ((performance.now() - started) / 1000);
    return { accepted, handled, faults: await faultsOfEffects(pool) };
  } finally {
    for (const line of lines) line.close();
    for (const child of [...receivers, ...workers]) await child.end();
  }
}
