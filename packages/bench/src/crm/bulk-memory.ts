import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure, type Measure } from "../measure.ts";
import { smallHeap, startChild } from "./child.ts";
import type { MemoryOrder } from "./memory-process.ts";

const rows = 1_000_000;

/** The most memory that an import of a million rows takes, over five days of quota: with Node.js as it comes, and with a smaller heap. */
export async function bulkMemory(): Promise<readonly Measure[]> {
  const label = `bulk, ${rows} rows, a platform that answers at once, 200,000 calls a day`;
  const usual = await imported([]);
  const small = await imported(smallHeap);
  const memory = "memory of the process (most that was resident)";
  return [
    measure(`${label}: ${memory}`, usual.mebibytes, "MiB", { atMost: 200 }),
    measure(`${label}, ${smallHeap.join(" ")}: ${memory}`, small.mebibytes, "MiB", { atMost: 200 }),
    measure(`${label}: rows with an outcome`, Math.min(usual.done, small.done), "", { atLeast: rows }),
    measure(`${label}: days of the emulated clock`, usual.days, "days", { atLeast: 4 }),
  ];
}

interface Imported {
  readonly done: number;
  readonly mebibytes: number;
  readonly days: number;
}

async function imported(flags: readonly string[]): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-memory-"));
  try {
    const order: MemoryOrder = { rows, database: join(folder, "import.db"), daily: 200_000 };
    let report: Imported | undefined;
    await startChild("memory-process.ts", order, { onMessage: (message) => (report = message as Imported), flags }).gone;
    if (report === undefined) throw new Error("The import ended without a report.");
    return report;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
