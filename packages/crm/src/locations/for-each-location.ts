import { abortedError, checkNumber, type Clock, isGhlError, sleep, systemClock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import { checkRunKey } from "./check-run-key.ts";
import { listLocations, type LocationsClient } from "./installed-locations.ts";
import type { LocationResult, LocationWork } from "./location-work.ts";
import { runSlice, type SliceOptions, type TurnEnd } from "./run-slices.ts";

/** Options of {@link forEachLocation}. */
export interface ForEachLocationOptions {
  /** Names the run: locations that are done stay done for it. At most 150 characters. */
  readonly key: string;
  /** `storage.journal` of any engine: keeps what is done. Processes that share it share the run. */
  readonly journal: Journal;
  /**
   * Ids of the locations. A private token has to name its own.
   * @default all that have the app installed
   */
  readonly locations?: readonly string[];
  /**
   * Locations under way at a time.
   * @default 10
   */
  readonly concurrency?: number;
  /**
   * Ms after which a slice has had its time, so that other locations have their turn.
   * @default 5_000
   */
  readonly sliceMs?: number;
  /**
   * How long after the death of this process another one waits before it takes up its locations, in ms.
   * @default 15_000
   */
  readonly leaseMs?: number;
  /** Stops the run: what it throws is then `aborted`. A later run of the key goes on. */
  readonly signal?: AbortSignal;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** What became of all locations; none is missing. */
export interface LocationsReport<Result> {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  /** In the order in which they were listed. */
  readonly locations: readonly LocationResult<Result>[];
}

/**
 * Runs a job over every location that has the app installed, or over those that are named, and gives an outcome for each. One that fails stops no other. A run of
 * the same key goes on where the last one stopped; several processes with one journal share the locations.
 *
 * @throws TypeError or GhlError `invalid_request` for options that cannot be used; GhlError `storage` when the journal or the installations cannot be reached;
 *   `aborted` when the signal fires.
 */
export async function forEachLocation<Location, Result = undefined, Cursor = undefined>(
  client: LocationsClient<Location>,
  options: ForEachLocationOptions,
  work: LocationWork<Location, Cursor, Result>,
): Promise<LocationsReport<Result>> {
  checkOptions(options);
  const { clock = systemClock, sliceMs = 5000, leaseMs = 15_000, key, journal, signal } = options;
  const locationOf = (id: string): Location => client.location(id);
  const slices: SliceOptions<Location, Cursor, Result> = {
    key,
    journal,
    clock,
    leaseMs,
    sliceMs,
    work,
    locationOf,
    ...(signal && { signal }),
  };
  const locations = await listLocations(client, options.locations);
  const results = new Map<string, LocationResult<Result>>();
  const queue = locations.filter(({ locationId, state }) => {
    if (state === "active") return true;
    results.set(locationId, { locationId, outcome: "skipped", reason: state });
    return false;
  });
  const ready: WaitingLocation[] = queue.map(({ locationId }) => ({ locationId }));
  const worker = async (): Promise<void> => {
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
      if (signal?.aborted === true) throw abortedError(signal);
      const turn = await takeTurn(next, slices);
      if ("outcome" in turn) results.set(turn.locationId, turn);
      // It has its next turn behind the others.
      else ready.push(turn);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency ?? 10, ready.length) }, worker));
  return reportOf(locations.map(({ locationId }) => results.get(locationId) as LocationResult<Result>));
}

/** A location that is not done, and where its last turn ended. */
interface WaitingLocation {
  readonly locationId: string;
  readonly last?: TurnEnd | undefined;
}

/** One slice of a location. */
async function takeTurn<Location, Cursor, Result>(
  { locationId, last }: WaitingLocation,
  options: SliceOptions<Location, Cursor, Result>,
): Promise<LocationResult<Result> | WaitingLocation> {
  const { signal, clock } = options;
  try {
    const turn = await runSlice(locationId, { ...options, ...(last && { last }) });
    if (turn.turn === "done") return { locationId, outcome: "done", how: turn.how, result: turn.result };
    if (turn.turn === "failed") return { locationId, outcome: "failed", error: new Error(turn.reason) };
    if (turn.turn === "more") return { locationId, last: turn.at };
    await sleep(Math.min(1000, turn.retryAfterMs), signal, clock);
    return { locationId, last };
  } catch (error) {
    if (signal?.aborted === true) throw abortedError(signal);
    // Without the journal no location can be reported.
    if (isGhlError(error, "storage")) throw error;
    return { locationId, outcome: "failed", error };
  }
}

function reportOf<Result>(locations: readonly LocationResult<Result>[]): LocationsReport<Result> {
  const count = (kind: LocationResult<Result>["outcome"]): number => locations.filter(({ outcome }) => outcome === kind).length;
  return { done: count("done"), skipped: count("skipped"), failed: count("failed"), locations };
}

function checkOptions({ key, concurrency, sliceMs, leaseMs }: ForEachLocationOptions): void {
  checkRunKey("forEachLocation", key);
  checkNumber("forEachLocation", "concurrency", concurrency, { least: 1, whole: true });
  checkNumber("forEachLocation", "sliceMs", sliceMs, { least: 1, whole: true });
  checkNumber("forEachLocation", "leaseMs", leaseMs, { least: 1000, whole: true });
}
