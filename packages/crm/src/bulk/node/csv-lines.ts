import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { ghlError } from "@ghlkit/core";
import type { Separator } from "./csv-format.ts";
import { unreadable } from "./file-facts.ts";

/** Longest line that is taken, in bytes: longer ones come of a quotation mark that is not closed. */
const longest = 1_048_576;

/** The fields of one line of a CSV file. */
export interface CsvLine {
  readonly fields: readonly string[];
  /** Line where it begins, from 1. */
  readonly line: number;
}

export interface CsvFormat {
  readonly separator: Separator;
  readonly encoding: "utf8" | "latin1";
}

/** What csv-parse gives with `info`. */
interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** The lines of a CSV file, the header included, without empty ones. @throws GhlError `invalid_request` when it cannot be read on. */
export async function* csvLines(path: string, { separator, encoding }: CsvFormat): AsyncIterable<CsvLine> {
  const file = createReadStream(path);
  const parser = parse({
    bom: true,
    delimiter: separator,
    encoding,
    info: true,
    relax_column_count: true,
    // A quotation mark in the middle of a field is a part of it.
    relax_quotes: true,
    skip_empty_lines: true,
    // All of them, whichever comes first: exports that were put together from several files have more than one.
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: longest,
  });
  file.on("error", (error) => parser.destroy(error));
  let last = 0;
  // The parser counts the two characters of a line end in quotation marks as two lines.
  let excess = 0;
  try {
    for await (const parsed of file.pipe(parser)) {
      const { record, info } = parsed as Parsed;
      const line = info.lines - excess - countOf(record, /[\r\n]/g);
      excess += countOf(record, /\r\n/g);
      last = info.lines - excess;
      yield { fields: record, line };
    }
  } catch (error) {
    throw isOpenQuote(error) ? openQuote(path, last) : unreadable(path, error);
  } finally {
    file.destroy();
  }
}

function countOf(fields: readonly string[], pattern: RegExp): number {
  return fields.reduce((count, field) => count + (field.match(pattern)?.length ?? 0), 0);
}

function isOpenQuote(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE";
}

function openQuote(path: string, lastLine: number): Error {
  const message = `${path} cannot be read on behind line ${lastLine}: a quotation mark that begins a field is not closed, or the line is longer than 1 MiB.`;
  return ghlError("invalid_request", message, {});
}
