import { checkNumber, detachedListener, ghlError, isGhlError, sleep, systemClock, untraced } from "@ghlkit/core";
import type { WebhookReceiver } from "@ghlkit/webhooks";
import { Copy, type RecordChange } from "./copy/copy.ts";
import type { KindState, SyncKey } from "./copy/kind-state.ts";
import { kinds as allKinds, type Kind } from "./kinds/kind.ts";
import { createEventHandler } from "./live/handle-event.ts";
import { createSyncReceiver, type SyncReceiverOptions } from "./live/sync-receiver.ts";
import { readReport, type ReportRow } from "./report/read-report.ts";
import type { ReportName } from "./report/report-views.ts";
import { reconcileKind, type ReconcileReport } from "./scan/reconcile-kind.ts";
import type { Source } from "./record/judge-record.ts";
import type { SyncEvent, SyncOptions } from "./sync-options.ts";
import { lagSourceOf } from "./sync-lag.ts";
import { healthOf, statusOf, type SyncHealth, type SyncStatus } from "./sync-status.ts";
import { SyncWorker } from "./sync-worker.ts";
import { verifyKind, type VerifyReport } from "./verify/verify-kind.ts";

/** Which locations and kinds. */
export interface SyncSelection {
  /** @default all of the copy */
  readonly locations?: readonly string[];
  /** @default all of the copy */
  readonly kinds?: readonly Kind[];
  /** Ends it: its error is `aborted`. */
  readonly signal?: AbortSignal;
}

/** A slice of the work at a location. `isOver` says that its time is over. */
export type SyncWork = (
  location: unknown,
  at: { readonly locationId: string; readonly isOver: () => boolean; readonly signal: AbortSignal },
) => Promise<{ readonly done: false; readonly cursor: null } | { readonly done: true }>;

/** A copy of the records of locations. */
export interface Sync {
  /**
   * Makes the receiver of the app's webhooks: mount it as any receiver of `@ghlkit/webhooks`, before `start()`. It keeps deliveries in `storage.inbox` and
   * reads again what they are about.
   */
  readonly receiver: (options: SyncReceiverOptions) => WebhookReceiver;
  /**
   * Begins: tables, backfill, then changes and reconciliations, until `close()`. Resolves when the tables are ready.
   * @throws GhlError `storage` when the database cannot be prepared.
   */
  readonly start: () => Promise<void>;
  /**
   * Does what is due, in place of `start()`: backfill, changes, reconciliation. Resolves to where everything stands then; a kind that failed has its
   * `problem`, and is tried again by a later call.
   */
  readonly catchUp: (options?: { readonly signal?: AbortSignal }) => Promise<readonly SyncStatus[]>;
  /**
   * What is due at one location, in slices: the work for `createLocationWorkers` of `@ghlkit/crm/locations/node`, which hands locations to any number of
   * processes by pg-boss, or for `forEachLocation`. Every process makes the same sync, on one storage and one PostgreSQL.
   */
  readonly work: SyncWork;
  /** Takes a location into the copy that was not among the options, e.g. one where the app was installed a moment ago. @throws GhlError `invalid_request`. */
  readonly add: (locationId: string) => void;
  /** Where each kind of each location stands. Counts the records of each. */
  readonly status: () => Promise<readonly SyncStatus[]>;
  /** The same without the records: it counts nothing, and can be asked every few seconds however many there are. For `createHealth` of `ghlkit/health`. */
  readonly health: () => Promise<readonly SyncHealth[]>;
  /**
   * Reads all records now, and makes the copy equal to them. One report for each kind of each location.
   * @throws what a call throws; what was kept until then stays.
   */
  readonly reconcile: (selection?: SyncSelection) => Promise<readonly ReconcileReport[]>;
  /**
   * Compares the copy with the platform record by record, and changes nothing. One report for each kind of each location, with the records that differ.
   * The platform's lists show a change up to ten seconds after it was made: what was changed just now may be missed by it.
   * @throws what a call throws.
   */
  readonly verify: (selection?: SyncSelection) => Promise<readonly VerifyReport[]>;
  /** Rows of a report over the copy: the view `ghl_report_<name>`. Numbers are numbers; names and currencies are as the platform has them. */
  readonly report: (name: ReportName) => Promise<readonly ReportRow[]>;
  /** Confirms deletions that are held because there are so many (`phase: "held"`); they are made by the next pass. */
  readonly allowDeletions: (key: SyncKey) => Promise<void>;
  /** Takes no more work, waits for what is under way to stop at its next page, and closes the database. */
  readonly close: () => Promise<void>;
}

/**
 * Keeps a copy of contacts, opportunities, appointments, conversations, messages, invoices and transactions of any number of locations in your
 * own database. Rows are read page by page in the bulk lane, with where the list goes on in the same transaction; afterwards webhooks, or polling
 * where there are none, keep them up to date, and a reconciliation finds once a day what was missed and what is gone.
 *
 * @throws GhlError `invalid_request` for options that cannot be used.
 */
export function createSync(options: SyncOptions): Sync {
  const { ghl, storage, kinds = allKinds, clock = systemClock, retention = {}, into, ...rest } = checked(options);
  const locations = [...rest.locations];
  const ours = new Set(locations);
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  const changed = detachedListener(options.onChange ?? ((): void => {}));
  const onChanges = (key: SyncKey, source: Source, changes: readonly RecordChange[]): void => {
    for (const change of changes) changed({ ...key, ...change, source });
  };
  const copy = new Copy(into);
  const stop = new AbortController();
  let receiver: WebhookReceiver | undefined;
  let running: Promise<void> | undefined;
  const live = (): "webhooks" | "polling" => options.live ?? (receiver === undefined ? "polling" : "webhooks");
  const worker = new SyncWorker({
    copy,
    ghl,
    inbox: storage.inbox,
    leases: storage.leases,
    locations,
    kinds,
    live,
    changesEveryMs: options.changesEveryMs,
    pollAllEveryMs: options.pollAllEveryMs ?? 900_000,
    reconcileEveryMs: options.reconcileEveryMs ?? 86_400_000,
    overlapMs: options.overlapMs ?? 120_000,
    sliceMs: options.sliceMs ?? 5000,
    concurrency: options.concurrency ?? 10,
    deletions: options.deletions ?? {},
    pagesAtATime: options.pagesAtATime ?? 1,
    retention,
    clock,
    trace: options.trace ?? untraced,
    owner: crypto.randomUUID(),
    emit,
    onChanges,
  });
  const signalOf = (signal?: AbortSignal): AbortSignal => (signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]));
  const keysOf = (selection: SyncSelection = {}): readonly SyncKey[] =>
    (selection.locations ?? locations).flatMap((locationId) => (selection.kinds ?? kinds).map((kind) => ({ locationId, kind })));

  const status = async (): Promise<readonly SyncStatus[]> => {
    await copy.ready();
    const lag = await lagSourceOf(live(), storage.inbox, clock);
    const all: SyncStatus[] = [];
    for (const key of keysOf()) all.push(await statusOf(key, await copy.state(key), copy, lag));
    return all;
  };

  const health = async (): Promise<readonly SyncHealth[]> => {
    await copy.ready();
    const lag = await lagSourceOf(live(), storage.inbox, clock);
    const states = new Map<string, KindState>();
    for await (const [{ locationId, kind }, state] of copy.states()) states.set(`${kind}:${locationId}`, state);
    return keysOf().map((key) => healthOf(key, states.get(`${key.kind}:${key.locationId}`), lag));
  };

  return {
    receiver: (receiverOptions) => {
      if (receiver !== undefined)
        throw ghlError("invalid_request", "sync.receiver: there is one already; mount that one where it is needed.", {});
      const handle = createEventHandler({
        copy,
        ghl,
        inbox: storage.inbox,
        isOurs: (locationId) => ours.has(locationId),
        kinds: new Set(kinds),
        clock,
        retention,
        onChanges,
      });
      receiver = createSyncReceiver(receiverOptions, {
        inbox: storage.inbox,
        clock,
        handle: async (event, context) => {
          await copy.ready();
          await handle(event, context);
        },
      });
      return receiver;
    },
    start: async () => {
      await copy.ready();
      receiver?.start();
      running ??= keepRunning(worker, stop.signal, { clock, emit });
    },
    catchUp: async ({ signal } = {}) => {
      await copy.ready();
      await worker.run(signalOf(signal), (nextAt) => nextAt > clock.now());
      return status();
    },
    work: async (_, { locationId, isOver, signal }) => {
      await copy.ready();
      const isDone = await worker.slice(locationId, isOver, signalOf(signal));
      return isDone ? { done: true } : { done: false, cursor: null };
    },
    add: (locationId) => {
      if (ours.has(locationId)) return;
      checkLocation("sync.add", locationId);
      ours.add(locationId);
      locations.push(locationId);
      worker.wake(locationId);
    },
    status,
    health,
    reconcile: async (selection) => {
      await copy.ready();
      const reports: ReconcileReport[] = [];
      for (const key of keysOf(selection))
        reports.push(await reconcileKind(worker, copy, key, { clock, signal: signalOf(selection?.signal) }));
      return reports;
    },
    verify: async (selection) => {
      await copy.ready();
      const signal = signalOf(selection?.signal);
      const reports: VerifyReport[] = [];
      for (const key of keysOf(selection)) {
        const location = ghl.location(key.locationId).with({ priority: "bulk", fresh: true, signal });
        reports.push(await verifyKind(key, { copy, location, clock, signal, retention }));
      }
      return reports;
    },
    report: async (name) => {
      await copy.ready();
      return readReport(into, name);
    },
    allowDeletions: async (key) => {
      await copy.ready();
      await worker.hold(key.locationId, stop.signal, async ({ fence }) => {
        const state = await copy.state(key);
        if (state?.brake === undefined) return;
        const { brake: _, ...rest } = state;
        await copy.checkpoint(key, { state: { ...rest, allowedGeneration: state.generation }, fence });
      });
      worker.wake(key.locationId);
    },
    close: async () => {
      stop.abort(new Error("The copy was closed."));
      await running;
      await receiver?.close();
      await copy.close();
    },
  };
}

/** Works until it is stopped. Where the store fails, it goes on when that is back. */
async function keepRunning(
  worker: SyncWorker,
  signal: AbortSignal,
  { clock }: { readonly clock: NonNullable<SyncOptions["clock"]>; readonly emit: (event: SyncEvent) => void },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await worker.run(signal, () => false);
    } catch (error) {
      if (signal.aborted) return;
      if (!isGhlError(error, "storage") && !isGhlError(error, "aborted")) throw error;
      await sleep(1000, signal, clock).catch(() => undefined);
    }
  }
}

function checked(options: SyncOptions): SyncOptions {
  const { locations, kinds = allKinds } = options;
  for (const id of locations) checkLocation("createSync", id);
  const unknown = kinds.find((kind) => !allKinds.includes(kind));
  if (unknown !== undefined) throw ghlError("invalid_request", `createSync: there is no kind "${unknown}": ${allKinds.join(", ")}.`, {});
  for (const name of ["changesEveryMs", "pollAllEveryMs", "reconcileEveryMs", "sliceMs"] as const)
    checkNumber("createSync", name, options[name], { least: 1 });
  for (const [kind, days] of Object.entries(options.retention ?? {})) {
    if (!allKinds.includes(kind as Kind))
      throw ghlError("invalid_request", `createSync: retention of "${kind}": there is no such kind.`, {});
    checkNumber("createSync", `retention.${kind}`, days, { above: true });
  }
  if (options.live !== undefined && options.live !== "webhooks" && options.live !== "polling")
    throw ghlError("invalid_request", `createSync: live is ${JSON.stringify(options.live)}; it takes webhooks, polling.`, {});
  checkNumber("createSync", "overlapMs", options.overlapMs);
  checkNumber("createSync", "pagesAtATime", options.pagesAtATime, { least: 1, most: 20, whole: true });
  checkNumber("createSync", "concurrency", options.concurrency, { least: 1, whole: true });
  checkNumber("createSync", "deletions.records", options.deletions?.records);
  checkNumber("createSync", "deletions.share", options.deletions?.share, { most: 1 });
  return { ...options, locations: [...new Set(locations)], kinds: [...new Set(kinds)] };
}

function checkLocation(where: string, id: string): void {
  if (typeof id !== "string" || !/^[^/:\p{C}]{1,150}$/u.test(id))
    throw ghlError("invalid_request", `${where}: "${id}" is no id of a location.`, {});
}
