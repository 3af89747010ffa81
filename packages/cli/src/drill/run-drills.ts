import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { UsageError } from "../usage-error.ts";
import { databaseLost } from "./database-lost.ts";
import type { Drill, DrillLine, DrillReport } from "./drill.ts";
import { leakedToken } from "./leaked-token.ts";
import { lostRefreshPair } from "./lost-refresh-pair.ts";
import { webhooksDown } from "./webhooks-down.ts";

/** The incidents of docs/runbook.md, in its order. */
export const drills: readonly Drill[] = [databaseLost, webhooksDown, leakedToken, lostRefreshPair];

/** Plays one incident, or all. Not ok when something is not as it has to be afterwards. */
export async function runDrills(name: string | undefined): Promise<Report> {
  const chosen = drills.filter((drill) => name === undefined || drill.name === name);
  if (chosen.length === 0) throw new UsageError(`There is no drill "${String(name)}": ${drills.map((drill) => drill.name).join(", ")}.`);
  const reports: DrillReport[] = [];
  for (const drill of chosen) reports.push(await play(drill));
  return { ok: reports.every(({ ok }) => ok), json: reports, text: reports.map(textOf).join("\n\n") };
}

async function play({ name, incident, alert, run }: Drill): Promise<DrillReport> {
  const lines: DrillLine[] = [];
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-drill-"));
  try {
    await run({
      folder,
      // The limit is that of the platform; the drill is not about it.
      emulator: (options) => createEmulator({ burstLimit: 1_000_000, ...options }),
      step: async (text, work, found) => {
        const begin = performance.now();
        const result = await work();
        const ms = Math.round(performance.now() - begin);
        lines.push({ type: "step", text, ms, ...(found !== undefined && { found: found(result) }) });
        return result;
      },
      person: (text) => void lines.push({ type: "person", text }),
      check: (text, ok) => void lines.push({ type: "check", text, ok }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    name,
    incident,
    alert,
    ok: lines.every((line) => line.type !== "check" || line.ok),
    ms: lines.reduce((sum, line) => sum + (line.type === "step" ? line.ms : 0), 0),
    lines,
  };
}

function textOf({ name, incident, alert, ok, ms, lines }: DrillReport): string {
  const rows = lines.map((line) => {
    if (line.type === "person") return `  ${"a person".padStart(9)}  ${line.text}`;
    if (line.type === "check") return `  ${(line.ok ? "ok" : "NOT OK").padStart(9)}  ${line.text}`;
    return `  ${`${line.ms} ms`.padStart(9)}  ${line.text}${line.found === undefined ? "" : `: ${line.found}`}`;
  });
  const head = `${name}: ${incident} (alert ${alert})`;
  return [head, ...rows.map(printable), `  ${ok ? "Passed" : "FAILED"} in ${ms} ms, without what people do.`].join("\n");
}
