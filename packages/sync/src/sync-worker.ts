import { abortedError, isGhlError, sleep, type Clock, type Trace } from "@ghlkit/core";
import type { Inbox, InboxGap, LeaseStore } from "@ghlkit/storage";
import { closeGaps } from "./close-gaps.ts";
import type { Copy, RecordChange } from "./copy/copy.ts";
import type { KindState, SyncKey } from "./copy/kind-state.ts";
import { dueWork, type DueWork, type Schedule } from "./due-work.ts";
import { definitions } from "./kinds/definitions.ts";
import type { Kind, SyncClient } from "./kinds/kind.ts";
import { whileHeld, type HeldLocation } from "./location-work.ts";
import type { Retention } from "./retention.ts";
import type { Source } from "./record/judge-record.ts";
import type { DeletionLimit } from "./scan/deletion-limit.ts";
import type { KindRun } from "./scan/kind-run.ts";
import { readAll } from "./scan/read-all.ts";
import { readChanges } from "./scan/read-changes.ts";
import type { SyncEvent } from "./sync-options.ts";

/** What the work at locations needs. */
export interface WorkerSettings {
  readonly copy: Copy;
  readonly ghl: SyncClient;
  readonly inbox: Pick<Inbox, "gaps" | "closeGap">;
  readonly leases: LeaseStore;
  readonly locations: readonly string[];
  readonly kinds: readonly Kind[];
  readonly live: () => "webhooks" | "polling";
  readonly changesEveryMs: number | undefined;
  readonly pollAllEveryMs: number;
  readonly reconcileEveryMs: number;
  readonly overlapMs: number;
  readonly sliceMs: number;
  readonly concurrency: number;
  readonly deletions: DeletionLimit;
  readonly pagesAtATime: number;
  readonly retention: Retention;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly owner: string;
  readonly emit: (event: SyncEvent) => void;
  readonly onChanges: (key: SyncKey, source: Source, changes: readonly RecordChange[]) => void;
}

type LiveSchedule = Schedule & { readonly live: "webhooks" | "polling"; readonly gap: InboxGap | undefined };

/** Waits after failures, in ms: the first, and the longest. */
const firstWaitMs = 5000;
const longestWaitMs = 300_000;

/** A location is looked at again after so long, in ms, even if nothing is due. */
const longestRestMs = 60_000;

/** Failures of one kind of one location in a row. */
interface Failures {
  readonly count: number;
  readonly retryAt: number;
}

/** Carries out what is due at the locations, one slice of each at a time. */
export class SyncWorker {
  readonly #settings: WorkerSettings;
  readonly #failures = new Map<string, Failures>();
  /** When a location is worth a look again. */
  readonly #nextAt = new Map<string, number>();
  /** Closes a gap when every kind of every location was read since. */
  readonly #closeGap: (gap: InboxGap) => Promise<void>;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#closeGap = closeGaps(settings);
  }

  /** One slice of each location where work is due. Resolves to when there is more to do, ms since epoch. */
  async pass(signal: AbortSignal): Promise<number> {
    const { locations, clock, concurrency } = this.#settings;
    const schedule = await this.#schedule();
    const now = clock.now();
    const due = locations.filter((id) => schedule.gap !== undefined || (this.#nextAt.get(id) ?? 0) <= now);
    const next = async (): Promise<void> => {
      for (let id = due.shift(); id !== undefined; id = due.shift()) {
        if (signal.aborted) throw abortedError(signal);
        this.#nextAt.set(id, (await this.#turn(id, schedule, { signal })).nextAt);
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, due.length) }, next));
    if (schedule.gap !== undefined) await this.#closeGap(schedule.gap);
    return Math.min(...locations.map((id) => this.#nextAt.get(id) ?? 0));
  }

  /** Works on until nothing is due, failures included, which are tried again when their time has come. */
  async run(signal: AbortSignal, isDone: (nextAt: number) => boolean): Promise<void> {
    const { clock } = this.#settings;
    for (;;) {
      const nextAt = await this.pass(signal);
      if (isDone(nextAt)) return;
      await sleep(Math.min(Math.max(nextAt - clock.now(), 0), 1000), signal, clock);
    }
  }

  /** Looks at a location at the next pass, whatever was due. */
  wake(locationId: string): void {
    this.#nextAt.delete(locationId);
  }

  /** Holds the location, however long another process is at it, and does the work. */
  async hold<Result>(locationId: string, signal: AbortSignal, work: (held: HeldLocation) => Promise<Result>): Promise<Result> {
    for (;;) {
      const turn = await whileHeld(locationId, { ...this.#settings, signal }, work);
      if (turn.held) return turn.result;
      await sleep(Math.min(1000, turn.retryAfterMs), signal, this.#settings.clock);
    }
  }

  /** Work at one kind of a location that is held. */
  kindRun(kind: Kind, { locationId, fence, signal }: HeldLocation, isOver: () => boolean): KindRun {
    const { copy, ghl, clock, deletions, pagesAtATime, retention, onChanges } = this.#settings;
    const location = ghl.location(locationId).with({ priority: "bulk", fresh: true, signal });
    return {
      key: { locationId, kind },
      definition: definitions[kind],
      copy,
      location,
      fence,
      clock,
      signal,
      isOver,
      deletions,
      pagesAtATime,
      retention,
      onChanges,
    };
  }

  /** Reads all records of a kind, and reports what came of it. */
  async readAll(run: KindRun, before: KindState | undefined): Promise<KindState> {
    const state = await this.#traced("sync.read_all", run, () => readAll(run, before));
    const { lastScan, brake, scan } = state;
    if (brake !== undefined) this.#settings.emit({ type: "deletions_held", ...run.key, missing: brake.missing, limit: brake.limit });
    else if (scan === undefined && lastScan !== undefined) {
      const { reason, created, updated, deleted, calls } = lastScan;
      this.#settings.emit({ type: reason === "backfill" ? "backfilled" : "reconciled", ...run.key, created, updated, deleted, calls });
    }
    return state;
  }

  /**
   * A slice of one location that a queue hands out. Resolves to whether all is done that is due by now. One at which another process is, or was until it died, is not done: its
   * next slice finds out, after a second at most.
   */
  async slice(locationId: string, isOver: () => boolean, signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#settings;
    const schedule = await this.#schedule();
    const { isHeld, nextAt } = await this.#turn(locationId, schedule, { signal, isOver });
    this.#nextAt.set(locationId, nextAt);
    if (!isHeld) {
      await sleep(Math.max(0, nextAt - clock.now()), signal, clock);
      return false;
    }
    const isDone = nextAt > clock.now();
    if (isDone && schedule.gap !== undefined) await this.#closeGap(schedule.gap);
    return isDone;
  }

  async #turn(
    locationId: string,
    schedule: LiveSchedule,
    { signal, isOver }: { readonly signal: AbortSignal; readonly isOver?: () => boolean },
  ): Promise<{ readonly isHeld: boolean; readonly nextAt: number }> {
    const { clock, kinds, sliceMs } = this.#settings;
    const turn = await whileHeld(locationId, { ...this.#settings, signal }, async (held) => {
      const since = clock.now();
      const isTimeOver = isOver ?? ((): boolean => clock.now() - since >= sliceMs);
      const next: number[] = [];
      for (const kind of kinds) next.push(await this.#kindTurn(this.kindRun(kind, held, isTimeOver), schedule));
      // Another process may confirm deletions, or ask for a reading of everything.
      return Math.min(...next, clock.now() + longestRestMs);
    });
    return { isHeld: turn.held, nextAt: turn.held ? turn.result : clock.now() + Math.min(1000, turn.retryAfterMs) };
  }

  /** What is due of one kind. Resolves to when there is more. */
  async #kindTurn(run: KindRun, schedule: LiveSchedule): Promise<number> {
    const { copy, clock } = this.#settings;
    const name = `${run.key.locationId}:${run.key.kind}`;
    const failures = this.#failures.get(name);
    if (failures !== undefined && failures.retryAt > clock.now()) return failures.retryAt;
    let state = await copy.state(run.key);
    try {
      let due = this.#due(run, state, schedule);
      while (due !== undefined && due.at <= clock.now() && !run.isOver()) {
        state = due.work === "all" ? await this.readAll(run, state) : await this.#readChanges(run, state as KindState);
        due = this.#due(run, state, schedule);
      }
      if (this.#failures.delete(name)) this.#settings.emit({ type: "recovered", ...run.key });
      return due?.at ?? Number.POSITIVE_INFINITY;
    } catch (error) {
      // The store is the ground under everything, and who is no more at the location keeps no checkpoint.
      if (run.signal.aborted || isGhlError(error, "storage") || isGhlError(error, "aborted")) throw error;
      return this.#failed(run, name, error);
    }
  }

  #readChanges(run: KindRun, before: KindState): Promise<KindState> {
    return this.#traced("sync.read_changes", run, () => readChanges(run, before, this.#settings.overlapMs));
  }

  #traced<Result>(name: string, { key }: KindRun, work: () => Promise<Result>): Promise<Result> {
    const attributes = { "ghlkit.kind": key.kind, "ghlkit.resource.kind": "location", "ghlkit.resource.id": key.locationId };
    return this.#settings.trace(work, { name, attributes });
  }

  #due({ definition }: KindRun, state: KindState | undefined, schedule: LiveSchedule): DueWork | undefined {
    const hasChanges = definition.changes !== undefined;
    const { pollAllEveryMs, reconcileEveryMs } = this.#settings;
    const isPolledByAll = schedule.live === "polling" && !hasChanges;
    return dueWork(state, hasChanges, {
      ...schedule,
      reconcileEveryMs: isPolledByAll ? Math.min(pollAllEveryMs, reconcileEveryMs) : reconcileEveryMs,
    });
  }

  async #failed(run: KindRun, name: string, error: unknown): Promise<number> {
    const { copy, clock, emit } = this.#settings;
    const count = (this.#failures.get(name)?.count ?? 0) + 1;
    const retryInMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (count - 1));
    const retryAt = clock.now() + retryInMs;
    this.#failures.set(name, { count, retryAt });
    emit({ type: "failed", ...run.key, retryInMs, error });
    const problem = { at: clock.now(), message: error instanceof Error ? error.message : String(error) };
    // What was kept meanwhile is the state that the problem belongs to.
    const state = (await copy.state(run.key)) ?? { generation: 0 };
    await copy.checkpoint(run.key, { state: { ...state, problem }, fence: run.fence });
    return retryAt;
  }

  async #schedule(): Promise<LiveSchedule> {
    const live = this.#settings.live();
    const { changesEveryMs = live === "webhooks" ? 900_000 : 60_000, reconcileEveryMs, inbox } = this.#settings;
    const [gap] = live === "webhooks" ? await inbox.gaps() : [];
    return { live, changesEveryMs, reconcileEveryMs, gap };
  }
}
