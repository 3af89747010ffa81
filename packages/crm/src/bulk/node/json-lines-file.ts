import type { BulkRow, BulkSource } from "../bulk-source.ts";
import { fingerprintOf } from "./file-facts.ts";
import { isRowProblem, type RowProblem } from "./row-problem.ts";
import { textLines, type TextLine } from "./text-lines.ts";

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
  for await (const line of linesOf(path)) yield rowOf(line, toRow);
}

/** Lines that are not empty, without a byte order mark. */
async function* linesOf(path: string): AsyncIterable<TextLine> {
  for await (const one of textLines(path, longest)) {
    const json = one.line === 1 ? { ...one, text: one.text.replace(/^\uFEFF/, "") } : one;
    if (json.text.trim() !== "") yield json;
  }
}

function rowOf<Row>(
  { text, line, length }: TextLine,
  toRow: (value: unknown, line: number) => Row | RowProblem,
): BulkRow<Exclude<Row, RowProblem>> {
  if (length > longest) return { line, problem: `the line has ${length} characters: at most ${longest} are taken` };
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
