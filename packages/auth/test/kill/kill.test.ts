import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { killRound } from "./kill-round.ts";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";

// Three dozen kills here, over engines and policies; `pnpm bench auth` makes a hundred and more.
const kills = 6;

let postgres: Postgres;
let folder: string;

beforeAll(async () => {
  [postgres, folder] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), "ghlkit-kill-"))]);
}, 300_000);

afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(["sqlite", "postgres"] as const)("killed on %s", (engine) => {
  test.each(["grace", "revoke-family", "reject"] as const)(
    "under %s: alive, or needs_reconnect with its reason",
    { timeout: 300_000 },
    async (policy) => {
      const schema = `kill_${policy.replace("-", "_")}`;
      const at = engine === "sqlite" ? join(folder, schema) : postgres.connectionString;
      const fates = await killRound({ engine, at, schema, policy, kills });
      expect(fates).toHaveLength(kills);
      for (const { steps, outcome, state, reason, told } of fates) {
        expect(steps[0]).toBe("answered");
        // What was stored is not lost, under any policy; nor is anything within a grace window.
        if (policy === "grace" || steps.includes("written")) expect(outcome).toBe("alive");
        if (outcome === "alive") expect({ state, told }).toEqual({ state: "active", told: 0 });
        else {
          expect({ outcome, state, told }).toEqual({ outcome: "token_revoked", state: "needs_reconnect", told: 1 });
          expect(reason).toMatch(/answer was lost/);
        }
      }
    },
  );
});
