import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { UsageError } from "./usage-error.ts";
import type { LeadRow } from "./lead.ts";

const columns = ["first_name", "last_name", "email", "phone", "source", "interest", "value", "sms_consent"] as const;
type Column = (typeof columns)[number];

/**
 * Reads the leads of a CSV file (UTF-8, header in the first line).
 * @throws UsageError when the file is missing, no CSV, or lacks a column.
 */
export async function readLeads(path: string): Promise<readonly LeadRow[]> {
  const rows = parseRows(path, await readText(path));
  const missing = columns.filter((column) => rows.header.includes(column) === false);
  if (missing.length > 0) throw new UsageError(`${path} has no column ${missing.join(", ")}. It needs: ${columns.join(", ")}.`);
  return rows.records.map(({ record, info }) => ({
    line: info.lines,
    firstName: record.first_name,
    lastName: record.last_name,
    email: record.email,
    phone: record.phone,
    source: record.source,
    interest: record.interest,
    value: record.value,
    smsConsent: record.sms_consent,
  }));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new UsageError(
      `Cannot read ${path}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message}.`,
    );
  }
}

interface Parsed {
  readonly header: readonly string[];
  readonly records: readonly { readonly record: Readonly<Record<Column, string>>; readonly info: { readonly lines: number } }[];
}

function parseRows(path: string, text: string): Parsed {
  let header: readonly string[] = [];
  try {
    const records = parse(text, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      columns: (names: string[]) => (header = names.map((name) => name.toLowerCase())) as string[],
    }) as unknown as Parsed["records"];
    return { header, records };
  } catch (error) {
    throw new UsageError(`${path} is not a CSV file that can be read: ${(error as Error).message}.`);
  }
}
