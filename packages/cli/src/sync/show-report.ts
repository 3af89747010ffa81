import { reports, type ReportName, type ReportRow } from "@ghlkit/sync";
import { locationsFrom } from "../fields/locations-from.ts";
import type { Report } from "../report.ts";
import { UsageError } from "../usage-error.ts";
import { withCopy, type CopyOptions } from "./open-copy.ts";
import { tableOf } from "./sync-commands.ts";

/** Prints a report over a copy. Pipelines, stages and calendars are shown by their names, which are read from the platform. */
export async function showReport(name: string, options: CopyOptions): Promise<Report> {
  if (!(reports as readonly string[]).includes(name)) throw new UsageError(`There is no report "${name}": ${reports.join(", ")}.`);
  const rows = await withCopy(options, (sync) => sync.report(name as ReportName));
  const names = rows.some((row) => "pipeline_id" in row || "calendar_id" in row) ? await namesOf(options) : new Map<string, string>();
  const named = rows.map((row) => withNames(row, names));
  const [first] = named;
  return {
    ok: true,
    json: named,
    text:
      first === undefined
        ? "nothing to report"
        : tableOf(
            Object.keys(first),
            named.map((row) => Object.values(row).map(cellOf)),
          ),
  };
}

async function namesOf(options: CopyOptions): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { client } of await locationsFrom(options)) {
    for (const { id, name, stages } of (await client.opportunities.listPipelines()).pipelines) {
      names.set(id, name);
      for (const stage of stages as readonly { readonly id: string; readonly name: string }[]) names.set(stage.id, stage.name);
    }
    for (const { id, name } of (await client.calendars.list()).calendars) names.set(id, name);
  }
  return names;
}

/** Ids with their names in place; one that has none any more stays an id. */
function withNames(row: ReportRow, names: ReadonlyMap<string, string>): ReportRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replace(/^(pipeline|pipeline_stage|calendar)_id$/, "$1"),
      names.get(String(value)) ?? value,
    ]),
  );
}

function cellOf(value: string | number | null): string {
  if (typeof value !== "number") return value ?? "";
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
