import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { BulkRow, BulkSource } from "../bulk-source.ts";
import { fingerprintOf, unreadable } from "./file-facts.ts";
import { isRowProblem, type RowProblem } from "./row-problem.ts";

/** Longest line that is taken, in characters. */
const longest = 1_048_576;

/**
 * The rows of a file with one JSON value per line (UTF-8). A line that is not JSON is a row with a problem.
 * @param toRow Makes a row of a value, or a `rowProblem`.
 * @throws GhlError `invalid_request` when the file cannot be read.
 */
export async function jsonLinesFile<Row>(
  path: string,
  toRow: (value: unknown, line: number) => Row | RowProblem,
): Promise<BulkSource<Exclude<Row, RowProblem>>> {
  const fingerprint = await fingerprintOf(path);
  let total = 0;
  for await (const _ of linesOf(path)) total += 1;
  return { fingerprint, total, rows: () => rowsOf(path, toRow) };
}

async function* rowsOf<Row>(
  path: string,
  toRow: (value: unknown, line: number) => Row | RowProblem,
): AsyncIterable<BulkRow<Exclude<Row, RowProblem>>> {
  for await (const [text, line] of linesOf(path)) yield rowOf(text, line, toRow);
}

/** Lines that are not empty, with their number. */
async function* linesOf(path: string): AsyncIterable<readonly [text: string, line: number]> {
  const file = createReadStream(path, "utf8");
  let line = 0;
  try {
    for await (const text of createInterface({ input: file, crlfDelay: Infinity })) {
      line += 1;
      const json = line === 1 ? text.replace(/^\uFEFF/, "") : text;
      if (json.trim() !== "") yield [json, line];
    }
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    file.destroy();
  }
}

function rowOf<Row>(
  text: string,
  line: number,
  toRow: (value: unknown, line: number) => Row | RowProblem,
): BulkRow<Exclude<Row, RowProblem>> {
  if (text.length > longest) return { line, problem: `the line has ${text.length} characters: at most ${longest} are taken` };
  const parsed = parseJson(text);
  if ("problem" in parsed) return { line, problem: parsed.problem };
  const row = toRow(parsed.value, line);
  return isRowProblem(row) ? { line, problem: row.problem } : { line, row: row as Exclude<Row, RowProblem> };
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { problem: `not JSON: ${(error as Error).message}` };
  }
}
