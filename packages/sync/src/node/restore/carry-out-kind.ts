import { ghlError, type Clock } from "@ghlkit/core";
import { bulk, type BulkContext, type BulkRun, type BulkSource } from "@ghlkit/crm/bulk";
import { writeAtMostOnce } from "@ghlkit/resilience";
import type { Journal } from "@ghlkit/storage";
import type { Wire } from "../../kinds/kind.ts";
import type { BackupLocation } from "../backup/location-names.ts";
import type { KindRestore, MadeRecord, RestoreContext, RestorePlan } from "./kind-restore.ts";
import type { RestoreOutcome } from "./restore-report.ts";
import { rowsWithOutcomes } from "./rows-with-outcomes.ts";

/** What carrying out a restore needs. */
export interface CarryOut {
  /** Names the restore in the journal. */
  readonly id: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
}

/** A write that is not found so long afterwards did not happen: the index behind lists lags up to ten seconds. */
const settleMs = 12_000;
const leaseMs = 15_000;

/** Outcomes as `bulk` keeps them: not those of `ensure`, which it renames where an earlier attempt may have had its effect. */
const kept = { created: "created", updated: "changed", unchanged: "same", left: "left", failed: "failed" } as const;
/** Created, as it seems: its answer was lost, and what was found may have had something before. */
const found = "found";
const outcomes = new Map<string, RestoreOutcome["outcome"]>([
  ...Object.entries(kept).map(([outcome, name]) => [name, outcome as RestoreOutcome["outcome"]] as const),
  [found, "created"],
]);

/** A record of the backup with what became of it. */
export interface RestoredRecord extends RestoreOutcome {
  readonly body: Wire;
  /** Its id in the location. */
  readonly id: string | undefined;
}

/** What became of the records of a kind. */
export interface KindOutcome {
  readonly outcome: "completed" | "stopped";
  /** Of the records that have an outcome, in their order. */
  readonly outcomes: AsyncIterable<RestoredRecord>;
  readonly restoring: KindRestore;
  /** An earlier call has done all of it. */
  readonly wasOver: boolean;
}

/**
 * Restores all records of a kind, each at most once, and goes on where an earlier call stopped. Records that failed in a run that is over are tried again by
 * another run, with the location looked at anew.
 */
export async function carryOutKind(
  open: () => KindRestore | Promise<KindRestore>,
  source: BulkSource<Wire>,
  context: RestoreContext,
  options: CarryOut,
): Promise<KindOutcome> {
  for (let round = 1; ; round += 1) {
    let isUnderWay = false;
    const kind = await open();
    const known = Promise.withResolvers<void>();
    const run: BulkRun = bulk<Wire, BackupLocation>(context.location, {
      id: `restore ${options.id} ${kind.kind} ${round}`,
      journal: options.journal,
      source,
      identity: kind.identity,
      concurrency: options.concurrency,
      clock: options.clock,
      ...(options.signal !== undefined && { signal: options.signal }),
      step: async (body, at) => {
        isUnderWay = true;
        await known.promise;
        return restoreOne(kind, body, at, { ...options, context });
      },
    });
    takeKnown(kind, source, run, { ...options, context }).then(known.resolve, known.reject);
    const [{ outcome, counts }] = await Promise.all([run.finished, known.promise]);
    const hasFailed = Object.keys(counts).some((name) => !outcomes.has(name) || name === kept.failed);
    if (outcome === "stopped" || isUnderWay || !hasFailed)
      return { outcome, outcomes: outcomesOf(source, run), restoring: kind, wasOver: !isUnderWay };
  }
}

async function* outcomesOf({ rows }: BulkSource<Wire>, run: BulkRun): AsyncIterable<RestoredRecord> {
  for await (const { row: body, outcome: result } of rowsWithOutcomes(rows(), run.results())) {
    if (result === undefined) continue;
    const { outcome, id, detail = "" } = result;
    const name = outcomes.get(outcome) ?? "failed";
    yield { body, outcome: name, id, why: name === "left" ? String((JSON.parse(detail) as { why?: unknown }).why) : detail };
  }
}

interface Restoring extends CarryOut {
  readonly context: RestoreContext;
}

/** Records that were restored before, by this or an earlier process: their ids are known, and no other record takes them. */
async function takeKnown(kind: KindRestore, { rows }: BulkSource<Wire>, run: BulkRun, { context, journal, id }: Restoring): Promise<void> {
  for await (const { row: body, outcome: result } of rowsWithOutcomes(rows(), run.results())) {
    const made = result?.id === undefined ? await madeBefore(journal, keyOf(id, kind, body)) : undefined;
    const restored = result?.id ?? made?.id;
    if (restored === undefined) continue;
    kind.claim(restored, kind.idOf(body));
    context.ids[kind.kind].set(kind.idOf(body), restored);
    if (kind.kind === "contacts" && (made?.isNew === true || result?.outcome === kept.created)) context.createdContacts.add(restored);
  }
}

async function madeBefore(journal: Journal, key: string): Promise<MadeRecord | undefined> {
  const entry = await journal.get(key);
  return entry?.state === "finished" ? (entry.outcome as MadeRecord | undefined) : undefined;
}

function keyOf(id: string, kind: KindRestore, body: Wire): string {
  return `restore ${id} ${kind.kind} ${kind.idOf(body)}`;
}

async function restoreOne(
  kind: KindRestore,
  body: Wire,
  { location, signal }: Pick<BulkContext<BackupLocation>, "location" | "signal">,
  restoring: Restoring,
): Promise<{ readonly outcome: string; readonly id?: string; readonly why?: string }> {
  const { context, journal, id: name } = restoring;
  const source = kind.idOf(body);
  const key = keyOf(name, kind, body);
  const before = await madeBefore(journal, key);
  if (before !== undefined) return { outcome: keptOf(before), id: before.id };
  const plan = await kind.plan(body, { location });
  if (plan.outcome === "left") return { outcome: kept.left, why: plan.why };
  if (plan.outcome === "update") await plan.update(location);
  const made: MadeRecord =
    plan.outcome === "create"
      ? await createOnce(key, plan, { location, signal }, restoring)
      : { id: plan.id, isNew: false, wasThere: plan.outcome === "update" ? "updated" : "unchanged" };
  kind.claim(made.id, source);
  context.ids[kind.kind].set(source, made.id);
  if (kind.kind === "contacts" && made.isNew) context.createdContacts.add(made.id);
  return { outcome: keptOf(made), id: made.id };
}

function keptOf({ isNew, wasThere }: MadeRecord): string {
  if (wasThere !== undefined) return kept[wasThere];
  return isNew ? kept.created : found;
}

/** @throws GhlError `outcome_unknown` while it cannot be seen what became of a create whose answer was lost. */
async function createOnce(
  key: string,
  { create, find }: RestorePlan & { readonly outcome: "create" },
  { location, signal }: { readonly location: BackupLocation; readonly signal: AbortSignal },
  { journal, clock }: CarryOut,
): Promise<MadeRecord> {
  const written = await writeAtMostOnce(
    {
      key,
      write: (lease) => create(location.with({ signal: AbortSignal.any([signal, lease.signal]) })),
      find: (since) => find(location, since),
    },
    { journal, clock, leaseMs, settleMs },
  );
  if (written.outcome === "written") return written.result;
  throw ghlError("outcome_unknown", "Whether the record was created cannot be seen yet: its answer was lost.", {});
}
