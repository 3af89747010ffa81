import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killRound, type KillReport } from "../../../webhooks/test/processes/kill-round.ts";
import { startPostgres } from "@ghlkit/test-servers/postgres";
import { measure, type Measure } from "../measure.ts";

const roles = ["receiver", "worker"] as const;
const killsEach = 50;

/** `kill -9` of receiver and worker at 200 random points, over both engines, while the platform sends without a pause. */
export async function kills(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-kills-"));
  const postgres = await startPostgres();
  try {
    const reports = [
      await killRound({ engine: "sqlite", at: join(folder, "inbox.db"), roles, kills: killsEach }),
      await killRound({ engine: "postgres", at: postgres.connectionString, roles, kills: killsEach }),
    ];
    return rowsOf(reports);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(reports: readonly KillReport[]): readonly Measure[] {
  const sum = (pick: (report: KillReport) => number): number => reports.reduce((total, report) => total + pick(report), 0);
  const label = `kill -9 at ${sum(({ kills }) => kills)} random points`;
  return [
    measure(`${label}: events acknowledged and lost`, sum(({ lost }) => lost), "", { atMost: 0 }), // prettier-ignore
    measure(`${label}: events handled twice, in handlers that use the transaction`, sum(({ twice }) => twice), "", { atMost: 0 }), // prettier-ignore
    measure(`${label}: events acknowledged`, sum(({ acknowledged }) => acknowledged), ""), // prettier-ignore
    measure(`${label}: requests and handlers that were cut off in the middle`, sum(({ cutOff, begunAgain }) => cutOff + begunAgain), ""), // prettier-ignore
  ];
}
