import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure, type Measure } from "../measure.ts";
import { startChild } from "./child.ts";
import type { MemoryOrder } from "./memory-process.ts";

const rows = 1_000_000;

/** The most memory that an import of a million rows takes, over five days of quota. */
export async function bulkMemory(): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-memory-"));
  try {
    const order: MemoryOrder = { rows, database: join(folder, "import.db"), daily: 200_000 };
    let report: { readonly done: number; readonly mebibytes: number; readonly days: number } | undefined;
    await startChild("memory-process.ts", order, (message) => (report = message as typeof report)).gone;
    if (report === undefined) throw new Error("The import ended without a report.");
    const label = `bulk, ${rows} rows, a platform that answers at once, 200,000 calls a day`;
    return [
      measure(`${label}: memory of the process (most that was resident)`, report.mebibytes, "MiB", { atMost: 200 }),
      measure(`${label}: rows with an outcome`, report.done, "", { atLeast: rows }),
      measure(`${label}: days of the emulated clock`, report.days, "days", { atLeast: 4 }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
