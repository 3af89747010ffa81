import { ghlError } from "@ghlkit/core";
import type { BulkRow, BulkSource } from "../bulk-source.ts";
import { cleanText, fieldProblem } from "./clean-text.ts";
import { checkEncoding, separatorOf, type Separator } from "./csv-format.ts";
import { csvLines, type CsvLine } from "./csv-lines.ts";
import { fingerprintOf, readHead } from "./file-facts.ts";
import { isRowProblem, type RowProblem } from "./row-problem.ts";

/** Fields of a line by the name of their column. Without control characters and blanks around; empty where the line has none. */
export type CsvRecord<Column extends string = string> = Readonly<Record<Column, string>>;

/** Options of {@link csvFile}. */
export interface CsvOptions<Column extends string> {
  /**
   * Columns that are needed, as the names that the mapping uses; each with the headers under which it may stand in the file. Upper and lower case, and
   * blanks, `_` and `-`, make no difference.
   * @default every column of the file that has a header, by it
   */
  readonly columns?: Readonly<Record<Column, string | readonly string[]>>;
  /**
   * Columns of `columns` that may be missing in the file; their fields are then empty.
   * @default none
   */
  readonly optional?: readonly Column[];
  /** @default the one that occurs most often in the header */
  readonly separator?: Separator;
  /** @default "utf8" */
  readonly encoding?: "utf8" | "latin1";
}

/**
 * The rows of a CSV file with a header: with or without a byte order mark, with commas, semicolons, tabs or bars. A line that cannot be read is a row with
 * a problem, and no reason to stop.
 *
 * @param toRow Makes a row of a record, or a `rowProblem`.
 * @throws GhlError `invalid_request` for a file that is missing, no text, lacks a column, or has a quotation mark that is not closed.
 */
export async function csvFile<Row, Column extends string = string>(
  path: string,
  toRow: (record: CsvRecord<Column>, line: number) => Row | RowProblem,
  options: CsvOptions<Column> = {},
): Promise<BulkSource<Exclude<Row, RowProblem>>> {
  const head = await readHead(path);
  checkEncoding(path, head);
  const { encoding = "utf8", separator = separatorOf(new TextDecoder(encoding).decode(head)) } = options;
  const format = { encoding, separator };
  // All of it is read before the first row is sent: a file that breaks off in its middle is refused whole.
  let places: ReadonlyMap<Column, number> | undefined;
  let width = 0;
  let lines = 0;
  for await (const { fields } of csvLines(path, format)) {
    if (lines === 0) [places, width] = [placesOf(path, fields, options), fields.length];
    lines += 1;
  }
  if (places === undefined) throw ghlError("invalid_request", `${path} is empty: its first line has to name the columns.`, {});
  const header = { width, places, toRow };
  return { fingerprint: await fingerprintOf(path), total: lines - 1, rows: () => rowsOf(csvLines(path, format), header) };
}

/** What is known from the header. */
interface Header<Row, Column extends string> {
  /** Number of columns. */
  readonly width: number;
  readonly places: ReadonlyMap<Column, number>;
  readonly toRow: (record: CsvRecord<Column>, line: number) => Row | RowProblem;
}

async function* rowsOf<Row, Column extends string>(
  lines: AsyncIterable<CsvLine>,
  header: Header<Row, Column>,
): AsyncIterable<BulkRow<Exclude<Row, RowProblem>>> {
  let isHeader = true;
  for await (const line of lines) {
    if (!isHeader) yield rowOf(line, header);
    isHeader = false;
  }
}

function rowOf<Row, Column extends string>(
  { fields, line }: CsvLine,
  { width, places, toRow }: Header<Row, Column>,
): BulkRow<Exclude<Row, RowProblem>> {
  if (fields.length !== width) return { line, problem: `the line has ${fields.length} fields, the header ${width}` };
  const entries = [...places].map(([name, place]) => [name, cleanText(fields[place] ?? "")] as const);
  const problem = entries.map(([name, text]) => fieldProblem(name, text)).find((one) => one !== undefined);
  if (problem !== undefined) return { line, problem };
  const row = toRow(Object.fromEntries(entries) as CsvRecord<Column>, line);
  return isRowProblem(row) ? { line, problem: row.problem } : { line, row: row as Exclude<Row, RowProblem> };
}

/** Where each column stands. */
function placesOf<Column extends string>(
  path: string,
  header: readonly string[],
  { columns, optional = [] }: CsvOptions<Column>,
): ReadonlyMap<Column, number> {
  const names = header.map(plain);
  // Spreadsheets export empty columns without a name.
  const twice = header.find((_, place) => names[place] !== "" && names.indexOf(names[place] ?? "") !== place);
  if (twice !== undefined) throw ghlError("invalid_request", `${path} has two columns named "${twice.trim()}": rename one of them.`, {});
  if (columns === undefined)
    return new Map(header.flatMap((name, place) => (names[place] === "" ? [] : [[cleanText(name) as Column, place] as const])));
  const places = new Map<Column, number>();
  const missing: string[] = [];
  for (const [name, headers] of Object.entries(columns) as [Column, string | readonly string[]][]) {
    const place = [headers]
      .flat()
      .map((one) => names.indexOf(plain(one)))
      .find((at) => at >= 0);
    if (place !== undefined) places.set(name, place);
    else if (optional.includes(name)) places.set(name, -1);
    else missing.push([headers].flat().join(" or "));
  }
  if (missing.length === 0) return places;
  throw ghlError(
    "invalid_request",
    `${path} has no column ${missing.join(", ")}. Its columns are: ${header.map(cleanText).join(", ")}.`,
    {},
  );
}

function plain(header: string): string {
  return cleanText(header)
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "");
}
