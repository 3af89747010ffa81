import { checkNumber, detachedListener, systemClock, type Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { checkRunKey } from "../check-run-key.ts";
import { locationKey } from "../run-slices.ts";
import { listLocations, type LocationsClient } from "../installed-locations.ts";
import type { LocationWork } from "../location-work.ts";
import type { JobQueue } from "./job-queue.ts";
import { createJobLoop } from "./job-loop.ts";
import { carryOutJob, messageOf, type JobSettings, type LocationEvent, type LocationJob } from "./location-job.ts";
import { keepList } from "./run-list.ts";
import { statusOf, type RunStatus } from "./run-status.ts";

/** Options of {@link createLocationWorkers}. */
export interface LocationWorkersOptions<Location, Cursor, Result> {
  /** A `PgBoss` of pg-boss 12, started and stopped by you. With `superviseIntervalSeconds: 1` and `monitorIntervalSeconds: 1` the locations of a dead process are taken up soonest. */
  readonly boss: JobQueue;
  /** Of a storage that all processes share: `storage.journal` of `@ghlkit/storage-postgres`. */
  readonly journal: Journal;
  /** Makes the client of each location: `createGhl` or `openGhl`. With a marketplace app it also lists the locations. */
  readonly client: LocationsClient<Location>;
  /** Names the queue of this kind of job. Letters, digits, `-` and `_`. */
  readonly name: string;
  /** The work for one location, in slices; it may be repeated from its last cursor. */
  readonly work: LocationWork<Location, Cursor, Result>;
  /**
   * Locations under way at a time in this process.
   * @default 100
   */
  readonly concurrency?: number;
  /**
   * Ms after which a slice has had its time, and return its cursor. A location stays with its process as long as that lives, however long a slice
   * takes; but pg-boss then hands the jobs that were fetched with it out again, in vain.
   * @default 5_000
   */
  readonly sliceMs?: number;
  /**
   * Attempts of a location whose work throws, before it has failed.
   * @default 4
   */
  readonly attempts?: number;
  /** Called with each location that this process brought to its end, and when the queue cannot be reached, and can be again. What it throws is reported as an uncaught error. */
  readonly onEvent?: (event: LocationEvent) => void;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** Locations distributed over any number of processes. */
export interface LocationWorkers<Result> {
  /** This process takes locations from now on. */
  readonly start: () => Promise<void>;
  /** It takes no more; resolves when its slices have ended. */
  readonly stop: () => Promise<void>;
  /**
   * Hands all locations to the workers: those that are named, or all that have the app installed. Any process may call it, and again: what is done for the key stays done.
   * @param key Names the run, e.g. `nightly-2026-10-05`. At most 150 characters.
   */
  readonly enqueue: (key: string, locations?: readonly string[]) => Promise<void>;
  /** Where a run stands that was enqueued, from any process. @throws GhlError `storage` when the journal cannot be reached. */
  readonly status: (key: string) => Promise<RunStatus<Result>>;
}

/**
 * Distributes a job over all locations to any number of worker processes, by pg-boss on PostgreSQL. The work runs in slices of a few seconds; a process that dies costs its
 * slices, which others repeat from the last cursor, under a higher fence.
 *
 * @throws TypeError or GhlError `invalid_request` for options that cannot be used.
 */
export function createLocationWorkers<Location, Cursor = undefined, Result = undefined>(
  options: LocationWorkersOptions<Location, Cursor, Result>,
): LocationWorkers<Result> {
  checkOptions(options);
  const { boss, client, journal, concurrency = 100, clock = systemClock, sliceMs = 5000, attempts = 4, work } = options;
  const queue = `ghlkit-locations-${options.name}`;
  let isReady: Promise<void> | undefined;
  const ready = (): Promise<void> =>
    (isReady ??= createQueue(boss, queue, sliceMs).catch((error: unknown) => {
      // The next call tries again.
      isReady = undefined;
      throw error;
    }));
  const locationOf = (id: string): Location => client.location(id);
  const emit = detachedListener(options.onEvent ?? ((): void => {}));
  // Shorter than the time after which pg-boss gives the job of a dead process to another one.
  const leaseMs = sliceMs;
  const settings: JobSettings<Location, Cursor, Result> = {
    boss,
    queue,
    journal,
    clock,
    sliceMs,
    leaseMs,
    attempts,
    work,
    locationOf,
    emit,
  };
  const loop = createJobLoop<LocationJob>({
    boss,
    queue,
    concurrency,
    clock,
    carryOut: (job) => carryOutJob(job, settings),
    onFailure: (error) => emit({ type: "queue_failed", reason: messageOf(error) }),
    onRecovery: () => emit({ type: "queue_recovered" }),
  });
  return {
    start: async () => {
      await ready();
      loop.start();
    },
    stop: loop.stop,
    enqueue: async (key, locations) => {
      checkRunKey("enqueue", key);
      await ready();
      const listed = await keepList(journal, key, await listLocations(client, locations));
      const jobs = listed.filter(({ state }) => state === "active");
      const rows = jobs.map(({ locationId }) => ({
        data: { key, locationId, failures: 0 } satisfies LocationJob,
        singletonKey: locationKey(key, locationId),
      }));
      await boss.insert(queue, rows);
    },
    status: (key) => statusOf<Result>(journal, key),
  };
}

async function createQueue(boss: JobQueue, queue: string, sliceMs: number): Promise<void> {
  await boss.createQueue(queue, {
    // One job per location waits at a time: where jobs of living processes are handed out again, their number would double each time.
    policy: "short",
    // Then the jobs of a process that died are given to others.
    expireInSeconds: Math.max(1, Math.ceil((sliceMs * 1.6) / 1000)),
    // Only processes that die are retries; work that throws is counted by itself.
    retryLimit: 10_000,
    retryDelay: 0,
    deleteAfterSeconds: 60,
  });
}

function checkOptions<Location, Cursor, Result>(options: LocationWorkersOptions<Location, Cursor, Result>): void {
  if (!/^[\w-]{1,100}$/.test(options.name))
    throw new TypeError("createLocationWorkers: the name may have letters, digits, - and _, at most 100.");
  checkNumber("createLocationWorkers", "concurrency", options.concurrency, { least: 1, whole: true });
  checkNumber("createLocationWorkers", "sliceMs", options.sliceMs, { least: 1000, most: 60_000, whole: true });
  checkNumber("createLocationWorkers", "attempts", options.attempts, { least: 1, whole: true });
}
