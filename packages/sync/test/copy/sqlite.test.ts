import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { CopyEngine } from "../../src/index.ts";
import { sqlite } from "../../src/sqlite/index.ts";
import { describeReports } from "../report/describe-reports.ts";
import { describeCopy } from "./describe-copy.ts";

const folder = mkdtempSync(join(tmpdir(), "ghlkit-sync-"));
const opened: CopyEngine[] = [];

afterAll(async () => {
  for (const engine of opened) await engine.close();
  rmSync(folder, { recursive: true });
});

describeReports("SQLite", () => sqlite(":memory:"));

describeCopy("SQLite", (at) => {
  const engine = sqlite(join(folder, `${at}.db`));
  opened.push(engine);
  return engine;
});
