import { createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify";
import type { RowOutcome } from "../bulk-outcome.ts";

/**
 * Writes the outcomes of a run as CSV: one line per row. A text that a spreadsheet would take for a formula gets an apostrophe in front. The file is there when it
 * is complete, and replaces an older one.
 * @param results `run.results()`
 */
export async function writeResults(path: string, results: AsyncIterable<RowOutcome>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const csv = stringify({ header: true, columns: ["line", "outcome", "id", "detail"], escape_formulas: true });
  await pipeline(Readable.from(results), csv, createWriteStream(partial));
  await rename(partial, path);
}
