import { ghlError } from "@ghlkit/core";
import type { CopyEngine } from "../copy/copy-engine.ts";
import { reports, type ReportName } from "./report-views.ts";

/** A row of a report. */
export type ReportRow = Readonly<Record<string, string | number | null>>;

/** Columns that are names; all others are numbers. */
const names: ReadonlySet<string> = new Set([
  "location_id",
  "source",
  "pipeline_id",
  "pipeline_stage_id",
  "calendar_id",
  "month",
  "currency",
]);

/** @throws GhlError `invalid_request` for a report that there is not. */
export async function readReport(engine: CopyEngine, name: ReportName): Promise<readonly ReportRow[]> {
  if (!reports.includes(name)) throw ghlError("invalid_request", `There is no report "${String(name)}": ${reports.join(", ")}.`, {});
  const rows = await engine.all(`select * from $s.ghl_report_${name}`);
  // PostgreSQL gives counts and sums as texts.
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [column, value === null ? null : names.has(column) ? String(value) : Number(value)]),
    ),
  );
}
