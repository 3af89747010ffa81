import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { benchApps } from "./apps/bench-apps.ts";
import { benchAuth } from "./auth/bench-auth.ts";
import { readResults } from "./benchmarks-page/read-results.ts";
import { renderBenchmarksPage } from "./benchmarks-page/render-benchmarks-page.ts";
import { benchClient } from "./client/bench-client.ts";
import { benchCrm } from "./crm/bench-crm.ts";
import { benchEmulator } from "./emulator/bench-emulator.ts";
import type { Measure } from "./measure.ts";
import { mergeMeasures, onlyPart, partProblem } from "./run-parts.ts";
import { benchResilience } from "./resilience/bench-resilience.ts";
import { benchSync } from "./sync/bench-sync.ts";
import { benchWebhooks } from "./webhooks/bench-webhooks.ts";

/** Every benchmark by name: `pnpm bench` runs all, `pnpm bench client` one. */
const benchmarks: Readonly<Record<string, () => Promise<readonly Measure[]>>> = {
  apps: benchApps,
  auth: benchAuth,
  client: benchClient,
  crm: benchCrm,
  emulator: benchEmulator,
  resilience: benchResilience,
  sync: benchSync,
  webhooks: benchWebhooks,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}. There are: ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}
const problem = partProblem(wanted, { withParts: ["crm", "resilience", "sync"] });
if (problem !== undefined) {
  console.error(problem);
  process.exit(2);
}
const before = await readResults();
for (const [name, run] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`bench ${name}`);
  const measures = await run();
  const file = new URL(`../results/${name}.json`, import.meta.url);
  await mkdir(new URL(".", file), { recursive: true });
  const results = onlyPart === undefined ? measures : mergeMeasures(before.find((one) => one.name === name)?.measures ?? [], measures);
  await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
  console.log(table(measures));
  console.log(`${fileURLToPath(file)}\n`);
}
await writeFile(new URL("../../../docs/benchmarks.md", import.meta.url), renderBenchmarksPage(await readResults()));

function table(measures: readonly Measure[]): string {
  const rows = new Table({
    head: ["measure", "value", "goal", "", "against"],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [58, 18, 22, 8, 42],
  });
  for (const { measure, value, unit, goal, met, against } of measures) {
    const others = Object.entries(against).map(([name, one]) => `${name}: ${one}`);
    rows.push([measure, `${value} ${unit}`, goal, met === null ? "" : met ? "met" : "MISSED", others.join(", ")]);
  }
  return rows.toString();
}
