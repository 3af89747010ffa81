import { writeFile } from "node:fs/promises";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { restore, restoredKinds, type RestoredKind, type RestoreReport } from "@ghlkit/sync/node";
import type { CliEnvironment } from "../cli-environment.ts";
import { locationsFrom, type LocationsOptions } from "../fields/locations-from.ts";
import { checkWritable } from "../options/writable-file.ts";
import { printable } from "../printable.ts";
import type { Report } from "../report.ts";
import { tableOf } from "../sync/sync-commands.ts";
import { UsageError } from "../usage-error.ts";

export interface RestoreCommandOptions extends LocationsOptions {
  /** Folder of the backup. */
  readonly folder: string;
  /** Id of the location into which it is restored. */
  readonly into: string;
  /** Id of the location of the backup. */
  readonly from?: string;
  readonly dryRun?: boolean;
  readonly apply?: boolean;
  readonly id?: string;
  readonly kinds?: string;
  /** Leaves what is there as it is. */
  readonly keep?: boolean;
  /** SQLite file that keeps what is restored. */
  readonly db: string;
  /** JSON lines with the old id and the new one of each record. */
  readonly ids?: string;
}

/** Restores a backup, or says what a restore would do. Started again, it goes on where it stopped. */
export async function restoreBackup(options: RestoreCommandOptions, environment: CliEnvironment): Promise<Report> {
  const { folder, into, from, dryRun = false, apply = false, id, keep = false, db, ids } = options;
  if (apply === dryRun) throw new UsageError("Give --dry-run to see what would be written, or --apply to write it.");
  if (ids !== undefined && dryRun) throw new UsageError("--ids goes with --apply: a dry run makes no new ids.");
  const kinds = restoredKindsOf(options.kinds);
  const location = (await locationsFrom(options)).find((one) => one.id === into);
  if (location === undefined) throw new UsageError(`There is no token for ${into}: set GHL_LOCATION_ID to it, or name it in --tokens.`);
  if (ids !== undefined) await checkWritable("--ids", ids, [db]);
  const storage = createSqliteStorage({ path: apply ? db : ":memory:" });
  const stop = new AbortController();
  void environment.untilStopped().then(() => stop.abort());
  try {
    const report = await restore({
      folder,
      into,
      kinds,
      apply,
      ghl: { location: () => location.client },
      journal: storage.journal,
      existing: keep ? "keep" : "update",
      signal: stop.signal,
      ...(from !== undefined && { from }),
      ...(id !== undefined && { id }),
    });
    if (ids !== undefined) await writeFile(ids, idLines(report), { mode: 0o600 });
    return { ok: report.outcome !== "stopped" && report.failures.length === 0, json: jsonOf(report), text: textOf(report) };
  } finally {
    await storage.close();
  }
}

/** @throws UsageError for a kind that cannot be restored. */
function restoredKindsOf(text: string | undefined): readonly RestoredKind[] {
  if (text === undefined) return restoredKinds;
  const named = text.split(",").map((name) => name.trim());
  const wrong = named.find((name) => !(restoredKinds as readonly string[]).includes(name));
  if (wrong !== undefined) throw new UsageError(`"${wrong}" cannot be restored: ${restoredKinds.join(", ")} can.`);
  return named as RestoredKind[];
}

function idLines({ ids }: RestoreReport): string {
  return Object.entries(ids)
    .flatMap(([kind, map]) => [...map].map(([from, to]) => `${JSON.stringify({ kind, from, to })}\n`))
    .join("");
}

function jsonOf({ ids: _, ...report }: RestoreReport): unknown {
  return report;
}

function textOf({ outcome, from, into, counts, notRestored, failures }: RestoreReport): string {
  const isPlan = outcome === "planned";
  const head = isPlan
    ? ["", "would create", "would update", "unchanged", "left", "refused"]
    : ["", "created", "updated", "unchanged", "left", "refused"];
  const rows = Object.entries(counts).map(([kind, { created, updated, unchanged, left, failed }]) => [
    kind,
    created,
    updated,
    unchanged,
    left,
    failed,
  ]);
  return [
    `${isPlan ? "Plan: the" : "The"} backup of ${from} into ${into}.`,
    tableOf(head, rows),
    ...(notRestored.length > 0 ? [isPlan ? "Would not be restored:" : "Not restored:"] : []),
    ...notRestored.map((sentence) => `  ${printable(sentence)}`),
    ...failures.map(({ kind, id, why }) => printable(`  REFUSED  ${kind} ${id}: ${why}`)),
    ...(isPlan ? ["Workflows of the location run for what is created: pause those that must not. --apply writes it."] : []),
    ...(outcome === "stopped" ? ["Stopped: the same command goes on."] : []),
    ...(failures.length > 0 ? ["The same command tries again what was refused."] : []),
  ].join("\n");
}
