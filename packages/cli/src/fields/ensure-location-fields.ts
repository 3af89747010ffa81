import Table from "cli-table3";
import { ensureFields, type EnsuredFields, type WantedField } from "@ghlkit/crm/fields";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { UsageError } from "../usage-error.ts";
import { locationsFrom, readJson, type LocationsOptions } from "./locations-from.ts";

export interface EnsureFieldsOptions extends LocationsOptions {
  readonly apply?: boolean;
  readonly dryRun?: boolean;
}

type Row = EnsuredFields & { readonly location: string };

/** Creates what locations lack of the fields in a file, or reports it. Ok when none lacks or differs in anything afterwards. */
export async function ensureLocationFields(
  file: string,
  { apply = false, dryRun = false, ...options }: EnsureFieldsOptions,
): Promise<Report> {
  if (apply === dryRun) throw new UsageError("Give --dry-run to see what would be created, or --apply to create it.");
  const wanted = readWanted(file, await readJson(file));
  const rows: Row[] = [];
  // One after the other: each location has its own rate limit, and a run that is stopped has done whole locations.
  for (const { id, client } of await locationsFrom(options))
    rows.push({ location: id, ...(await ensureFields(client, wanted, { apply })) });
  const ok = rows.every(({ outcome }) => outcome === "complete" || outcome === "created");
  return { ok, json: rows, text: textOf(rows, apply) };
}

function textOf(rows: readonly Row[], apply: boolean): string {
  const style = { head: [], border: [], compact: true };
  const table = new Table({ head: ["location", "outcome", apply ? "created" : "would create", "differs"], style, wordWrap: true });
  for (const { location, outcome, missing, created, differences } of rows) {
    const made = apply ? created.map(({ fieldKey }) => fieldKey) : missing.map(({ model, key }) => `${model}.${key}`);
    const differs = differences.map(({ model, key, what, wanted, found }) => `${model}.${key}: ${what}, ${found} instead of ${wanted}`);
    table.push([printable(location), outcome, printable(made.join("\n")), printable(differs.join("\n"))]);
  }
  return table.toString();
}

function readWanted(file: string, parsed: unknown): readonly WantedField[] {
  if (Array.isArray(parsed) && parsed.every(isWanted)) return parsed;
  throw new UsageError(
    `${file} must be a JSON list of { model, key, name, dataType, options? }, as \`ghlkit fields pull --out fields.json\` writes it.`,
  );
}

function isWanted(value: unknown): value is WantedField {
  if (typeof value !== "object" || value === null) return false;
  const { model, key, name, dataType, options } = value as Record<string, unknown>;
  const hasOptions = options === undefined || (Array.isArray(options) && options.every((option) => typeof option === "string"));
  return (
    (model === "contact" || model === "opportunity") &&
    [key, name, dataType].every((text) => typeof text === "string" && text !== "") &&
    hasOptions
  );
}
