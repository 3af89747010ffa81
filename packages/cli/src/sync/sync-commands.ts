import Table from "cli-table3";
import type { ReconcileReport, SyncStatus, VerifyReport } from "@ghlkit/sync";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { withCopy, type CopyOptions } from "./open-copy.ts";

/** Shows where a copy stands. Not ok when something fails, or deletions wait for a person. */
export async function showStatus(options: CopyOptions): Promise<Report> {
  const rows = await withCopy(options, (sync) => sync.status());
  const ok = rows.every(({ phase, problem }) => phase !== "held" && problem === undefined);
  return {
    ok,
    json: rows,
    text: tableOf(["location", "kind", "phase", "records", "lag", "last reconcile", "drift", "problem"], rows.map(statusRow)),
  };
}

/** Makes a copy equal to the platform now. Not ok when deletions are held. */
export async function reconcileCopy({
  allowDeletions = false,
  ...options
}: CopyOptions & { readonly allowDeletions?: boolean }): Promise<Report> {
  const rows = await withCopy(options, async (sync, selection) => {
    const reports = await sync.reconcile(selection);
    if (!allowDeletions) return reports;
    const held = reports.filter(({ outcome }) => outcome === "held");
    for (const { locationId, kind } of held) await sync.allowDeletions({ locationId, kind });
    if (held.length > 0) await sync.catchUp();
    const after = await sync.status();
    return reports.map((report) => ({ ...report, ...confirmed(report, after) }));
  });
  const ok = rows.every(({ outcome }) => outcome === "done");
  return {
    ok,
    json: rows,
    text: tableOf(["location", "kind", "outcome", "created", "updated", "deleted", "unchanged", "calls"], rows.map(reconcileRow)),
  };
}

/** Compares a copy with the platform. Not ok when a record differs. */
export async function verifyCopy(options: CopyOptions): Promise<Report> {
  const rows = await withCopy(options, (sync, selection) => sync.verify(selection));
  const lines = rows.flatMap(({ kind, locationId, differences, different }) => [
    ...differences
      .slice(0, 20)
      .map(({ id, difference, fields = [] }) => `${kind} ${id} of ${locationId}: ${difference} ${fields.join(", ")}`.trimEnd()),
    ...(different > 20 ? [`${kind} of ${locationId}: ${different - 20} more; all of the first thousand with --json`] : []),
  ]);
  const table = tableOf(["location", "kind", "outcome", "records", "different", "calls"], rows.map(verifyRow));
  return { ok: rows.every(({ outcome }) => outcome === "equal"), json: rows, text: [table, ...lines.map(printable)].join("\n") };
}

/** What became of deletions that were held and confirmed. */
function confirmed({ locationId, kind, outcome }: ReconcileReport, after: readonly SyncStatus[]): Partial<ReconcileReport> {
  if (outcome === "done") return {};
  const now = after.find((status) => status.locationId === locationId && status.kind === kind);
  return now?.phase === "live" ? { outcome: "done", deleted: now.lastReconcile?.deleted ?? 0 } : {};
}

function statusRow({ locationId, kind, phase, records, lagMs, lastReconcile, drift, problem, held }: SyncStatus): readonly unknown[] {
  const trouble = held === undefined ? (problem?.message ?? "") : `${held.missing} deletions are held: sync reconcile --allow-deletions`;
  return [locationId, kind, phase, records, durationOf(lagMs), timeOf(lastReconcile?.finishedAt), drift ?? "", trouble];
}

function reconcileRow({
  locationId,
  kind,
  outcome,
  created,
  updated,
  deleted,
  unchanged,
  calls,
  missing,
}: ReconcileReport): readonly unknown[] {
  return [locationId, kind, missing === undefined ? outcome : `${outcome}: ${missing} gone`, created, updated, deleted, unchanged, calls];
}

function verifyRow({ locationId, kind, outcome, records, different, calls }: VerifyReport): readonly unknown[] {
  return [locationId, kind, outcome, records, different, calls];
}

/** A table without lines. */
export function tableOf(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  for (const row of rows) table.push(row.map((cell) => printable(String(cell ?? ""))));
  return table.toString();
}

function durationOf(ms: number | undefined): string {
  if (ms === undefined) return "";
  if (ms < 1000) return `${ms} ms`;
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

function timeOf(ms: number | undefined): string {
  return ms === undefined ? "never" : new Date(ms).toISOString();
}
