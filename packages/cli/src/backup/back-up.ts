import { backup } from "@ghlkit/sync/node";
import { locationsFrom } from "../fields/locations-from.ts";
import { isoTime } from "../printable.ts";
import type { Report } from "../report.ts";
import { engineOf, fail, kindsOf, type CopyOptions } from "../sync/open-copy.ts";

export interface BackupCommandOptions extends CopyOptions {
  /** Folder of the backup. */
  readonly folder: string;
  /** Reads notes and tasks, too. */
  readonly notes?: boolean;
}

/** Writes a copy down as files, with names of the locations, in about five calls each. Started again, it goes on; one that is finished is left as it is. */
export async function backUp({ copy, kinds, folder, notes = false, ...options }: BackupCommandOptions): Promise<Report> {
  const chosen = kindsOf(kinds);
  const clients = new Map((await locationsFrom(options)).map(({ id, client }) => [id, client]));
  const from = await engineOf(copy);
  try {
    const report = await backup({
      from,
      folder,
      notes,
      locations: [...clients.keys()],
      kinds: chosen,
      ghl: { location: (id) => clients.get(id) ?? fail(id) },
    });
    const counts = Object.entries(report.records).map(([kind, count]) => `${count} ${kind}`);
    const unread = Object.entries(report.unreadNames ?? {}).map(
      ([id, parts]) =>
        `${id}: without the names of ${parts.join(", ")}, which the token may not read: a restore into another location lacks them`,
    );
    const { finishedBefore, incomplete = [] } = report;
    const lacking = incomplete.map(({ locationId, kind }) => `INCOMPLETE  ${kind} of ${locationId}: the copy has not read all of them yet`);
    const written = `${folder}: ${report.files} files, ${counts.join(", ") || "no records"}`;
    const left =
      finishedBefore === undefined
        ? []
        : [`Nothing was written: this backup was finished at ${isoTime(finishedBefore)}. A new one needs a folder of its own.`];
    return { ok: incomplete.length === 0, json: { folder, ...report }, text: [written, ...left, ...lacking, ...unread].join("\n") };
  } finally {
    await from.close();
  }
}
