import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killRound, type Fate } from "../../../auth/test/kill/kill-round.ts";
import { startPostgres } from "@ghlkit/test-servers/postgres";
import { measure, type Measure } from "../measure.ts";

const killsEach = 17;

/** A hundred processes and two more, killed between token answer, write and first use: over both engines and the three policies. */
export async function kills(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-"));
  const postgres = await startPostgres();
  const withGrace: Fate[] = [];
  const without: Fate[] = [];
  try {
    for (const engine of ["sqlite", "postgres"] as const)
      for (const policy of ["grace", "revoke-family", "reject"] as const) {
        const schema = `kill_${policy.replace("-", "_")}`;
        const at = engine === "sqlite" ? join(folder, schema) : postgres.connectionString;
        (policy === "grace" ? withGrace : without).push(...(await killRound({ engine, at, schema, policy, kills: killsEach })));
      }
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const lost = withGrace.filter(({ outcome }) => outcome !== "alive").length;
  const reported = without.filter(({ state, reason }) => state === "needs_reconnect" && reason?.includes("answer was lost")).length;
  const silent = without.filter(({ outcome, state }) => outcome !== "alive" && state !== "needs_reconnect").length;
  const label = (count: number): string => `${count} processes killed between token answer, write and first use`;
  return [
    measure(`${label(withGrace.length)}, grace window: installations lost`, lost, "", { atMost: 0 }),
    measure(`${label(without.length)}, no grace window: failures without needs_reconnect and its reason`, silent, "", { atMost: 0 }),
    measure(`${label(without.length)}, no grace window: needs_reconnect with its reason`, reported, ""),
  ];
}
