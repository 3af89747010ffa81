import { createHash } from "node:crypto";
import { checkNumber, ghlError, systemClock, type Clock } from "@ghlkit/core";
import type { BulkSource } from "@ghlkit/crm/bulk";
import type { Journal } from "@ghlkit/storage";
import type { Wire } from "../../kinds/kind.ts";
import { readLocationNames, type BackupClient, type NamePart } from "../backup/location-names.ts";
import { readManifest, type BackupManifest, type BackupPart } from "../backup/manifest.ts";
import { readPart } from "../backup/part-file.ts";
import { carryOutKind } from "./carry-out-kind.ts";
import { restoredKinds, type KindRestore, type RestoreContext, type RestoredKind } from "./kind-restore.ts";
import { matchNames } from "./matched-names.ts";
import { restoreAppointments } from "./restore-appointments.ts";
import { restoreContacts } from "./restore-contacts.ts";
import { restoreInvoices } from "./restore-invoices.ts";
import { restoreNotes, restoreTasks } from "./restore-notes.ts";
import { restoreOpportunities } from "./restore-opportunities.ts";
import { RestoreTally, type RestoreReport } from "./restore-report.ts";

/** Options of {@link restore}. */
export interface RestoreOptions {
  /** Folder of a backup that is finished. */
  readonly folder: string;
  /** Id of the location into which it is restored: that of the backup, or another. */
  readonly into: string;
  /**
   * Id of the location of the backup.
   * @default the only one of the backup, else `into`
   */
  readonly from?: string;
  /** A client for all locations: `createGhl` or `openGhl` of `ghlkit`. */
  readonly ghl: BackupClient;
  /** `storage.journal` of any engine: keeps what is restored, so that a restore that was stopped or killed goes on and writes nothing twice. */
  readonly journal: Journal;
  /** Writes. Without it nothing is written, and the report says what would be. */
  readonly apply: boolean;
  /**
   * Names the restore: one of the same name goes on, or reports what it did. To restore once more what was lost after a restore, give it another name.
   * @default made of the backup and the two locations
   */
  readonly id?: string;
  /** @default all that the API takes back */
  readonly kinds?: readonly RestoredKind[];
  /**
   * What becomes of records that are there and differ from the backup: they get its values, or stay as they are. Values and tags beyond the backup stay in both cases.
   * @default "update"
   */
  readonly existing?: "update" | "keep";
  /**
   * Records under way at a time.
   * @default 25
   */
  readonly concurrency?: number;
  /** Stops it; the same call goes on. */
  readonly signal?: AbortSignal;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/**
 * Writes the records of a backup into a location, in the bulk lane: contacts with tags and custom fields, notes and tasks where the backup has them, opportunities,
 * appointments, and invoices that are not paid, as drafts. What the location has already is recognised and not written. Workflows of the location run for what is
 * created: pause those that must not.
 *
 * @throws GhlError `invalid_request` for options that cannot be used, `invalid_response` for a file that is damaged,
 * `scope_missing` where the token may not read fields, pipelines or calendars that the kinds need, and what a call throws that concerns all records.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const { folder, into, ghl, apply, existing = "update", kinds = restoredKinds, signal, clock = systemClock } = options;
  if (options.id !== undefined && !/^[^/\p{C}]{1,100}$/u.test(options.id))
    throw ghlError("invalid_request", 'restore: the id must have 1 to 100 characters, no "/" among them.', {});
  checkNumber("restore", "concurrency", options.concurrency, { least: 1, most: 1000, whole: true });
  const manifest = await finishedManifest(folder);
  const from = options.from ?? onlyLocation(manifest, into);
  checkFrom(manifest, folder, from);
  const location = ghl.location(into).with({ priority: "bulk", fresh: true, ...(signal !== undefined && { signal }) });
  const context: RestoreContext = {
    location,
    names: matchNames(manifest.names?.[from], await readLocationNames(location, into, neededNames(kinds))),
    isSameLocation: from === into,
    existing,
    ids: {
      contacts: new Map(),
      notes: new Map(),
      tasks: new Map(),
      opportunities: new Map(),
      appointments: new Map(),
      invoices: new Map(),
    },
    createdContacts: new Set(),
    hasContact: () => false,
    clock,
  };
  const tally = new RestoreTally();
  let outcome: RestoreReport["outcome"] = apply ? "completed" : "planned";
  for (const kind of restoredKinds) {
    const source = rowsOf(folder, manifest, { kind, locationId: from });
    const isChosen = kinds.includes(kind);
    // Contacts are always looked at: all others hang on them.
    if (!isChosen && kind !== "contacts") continue;
    if (!isChosen || !apply) await planKind(await restorers[kind](context), source, context, isChosen ? tally : new RestoreTally());
    else if (
      (await applyKind(kind, source, { context, tally, name: options.id ?? `${source.fingerprint ?? ""} ${from} ${into}` }, options)) ===
      "stopped"
    ) {
      outcome = "stopped";
      break;
    }
    if (!isChosen) forgetUnwritten(context.ids.contacts);
  }
  return {
    outcome,
    from,
    into,
    counts: tally.counts,
    notRestored: tally.sentences(manifest, from),
    failures: tally.failures,
    ids: apply ? context.ids : {},
  };
}

/** Names without which a restore would take what it may not read for missing. */
function neededNames(kinds: readonly RestoredKind[]): readonly NamePart[] {
  const isAmong = (...some: readonly RestoredKind[]): boolean => some.some((kind) => kinds.includes(kind));
  return [
    ...(isAmong("contacts", "opportunities") ? (["fields"] as const) : []),
    ...(isAmong("opportunities") ? (["pipelines"] as const) : []),
    ...(isAmong("appointments") ? (["calendars"] as const) : []),
  ];
}

const restorers: Readonly<Record<RestoredKind, (context: RestoreContext) => KindRestore | Promise<KindRestore>>> = {
  contacts: restoreContacts,
  notes: restoreNotes,
  tasks: restoreTasks,
  opportunities: restoreOpportunities,
  appointments: restoreAppointments,
  invoices: restoreInvoices,
};

/** Begins the id of what a dry run would create. */
const unwritten = "(new) ";

async function planKind(kind: KindRestore, source: BulkSource<Wire>, context: RestoreContext, tally: RestoreTally): Promise<void> {
  const { location } = context;
  for await (const row of source.rows()) {
    if (!("row" in row)) continue;
    const plan = await kind.plan(row.row, { location });
    if (plan.outcome === "left") {
      tally.add(kind, row.row, plan);
      continue;
    }
    const source = kind.idOf(row.row);
    const id = plan.outcome === "create" ? `${unwritten}${source}` : plan.id;
    context.ids[kind.kind].set(source, id);
    if (plan.outcome === "create") context.createdContacts.add(id);
    tally.add(kind, row.row, { outcome: ({ create: "created", update: "updated", unchanged: "unchanged" } as const)[plan.outcome] });
  }
}

async function applyKind(
  kind: RestoredKind,
  source: BulkSource<Wire>,
  { context, tally, name }: { readonly context: RestoreContext; readonly tally: RestoreTally; readonly name: string },
  { concurrency = 25, journal, signal, clock = systemClock }: RestoreOptions,
): Promise<"completed" | "stopped"> {
  const carryOut = { id: name, journal, clock, concurrency, signal };
  const { outcome, outcomes, restoring, wasOver } = await carryOutKind(() => restorers[kind](context), source, context, carryOut);
  for await (const result of outcomes) {
    tally.add(restoring, result.body, result);
    if (wasOver && result.outcome === "created" && result.id !== undefined && restoring.has?.(result.id) === false) tally.addGone(kind);
  }
  return outcome;
}

/** What a dry run of contacts would create is not there for those that hang on it. */
function forgetUnwritten(contacts: Map<string, string>): void {
  for (const [source, id] of contacts) if (id.startsWith(unwritten)) contacts.delete(source);
}

/** Records of a kind of the backup, file by file, each checked. */
function rowsOf(
  folder: string,
  { parts }: BackupManifest,
  { kind, locationId }: Pick<BackupPart, "kind" | "locationId">,
): BulkSource<Wire> {
  const chosen = parts.filter((part) => part.kind === kind && part.locationId === locationId);
  return {
    total: chosen.reduce((sum, { records }) => sum + records, 0),
    fingerprint: createHash("sha256")
      .update(JSON.stringify(chosen.map(({ sha256 }) => sha256)))
      .digest("hex")
      .slice(0, 24),
    rows: async function* () {
      let line = 0;
      for (const part of chosen) for (const row of await readPart(folder, part)) yield { line: ++line, row };
    },
  };
}

async function finishedManifest(folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) throw ghlError("invalid_request", `There is no backup in ${folder}.`, {});
  if (manifest.finishedAt === undefined)
    throw ghlError("invalid_request", `The backup in ${folder} is not finished: run it again first.`, {});
  return manifest;
}

/** A location that the backup does not hold would be restored to nothing, without a word. */
function checkFrom({ parts, names = {} }: BackupManifest, folder: string, from: string): void {
  if (from in names || parts.some(({ locationId }) => locationId === from)) return;
  throw ghlError("invalid_request", `The backup in ${folder} holds nothing of location ${from}.`, {});
}

function onlyLocation({ parts, names = {} }: BackupManifest, into: string): string {
  const all = [...new Set([...parts.map(({ locationId }) => locationId), ...Object.keys(names)])];
  const [only, other] = all;
  if (only !== undefined && other === undefined) return only;
  if (all.includes(into)) return into;
  throw ghlError("invalid_request", `The backup holds ${all.length} locations: name one of them as \`from\`.`, {});
}
