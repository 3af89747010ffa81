import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";
import { killRound, type KillReport } from "./kill-round.ts";

const folder = await mkdtemp(join(tmpdir(), "ghlkit-killed-"));
let postgres: Postgres | undefined;

afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

function expectNothingLostOrDoubled(report: KillReport): void {
  expect(report).toMatchObject({ lost: 0, twice: 0 });
  // The kills have hit something, and something got through: how much depends on what else the machine has to do.
  expect(report.acknowledged).toBeGreaterThanOrEqual(50);
  expect(report.cutOff + report.begunAgain).toBeGreaterThan(0);
}

it("loses nothing it acknowledged and does nothing twice: SQLite, one process, killed 25 times", { timeout: 600_000 }, async () => {
  expectNothingLostOrDoubled(await killRound({ engine: "sqlite", at: join(folder, "inbox.db"), roles: ["both"], kills: 25 }));
});

it(
  "loses nothing it acknowledged and does nothing twice: PostgreSQL, receiver and worker killed 25 times each",
  { timeout: 600_000 },
  async () => {
    postgres = await startPostgres();
    const at = postgres.connectionString;
    expectNothingLostOrDoubled(await killRound({ engine: "postgres", at, roles: ["receiver", "worker"], kills: 25 }));
  },
);
