import type { Journal } from "@ghlkit/storage";
import type { InstalledLocation } from "../installed-locations.ts";
import type { LocationResult } from "../location-work.ts";
import { locationKey, type KeptResult } from "../run-slices.ts";
import { readList } from "./run-list.ts";

/** A location, or that it is not at its end. */
export type LocationStatus<Result> = LocationResult<Result> | { readonly locationId: string; readonly outcome: "waiting" };

/** Where a run stands; no location is missing. */
export interface RunStatus<Result> {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  /** Not at their end. */
  readonly waiting: number;
  readonly locations: readonly LocationStatus<Result>[];
}

/** Entries of the journal that are read at a time. */
const chunk = 100;

/** @throws GhlError `invalid_request` for a run that was not enqueued. */
export async function statusOf<Result>(journal: Journal, key: string): Promise<RunStatus<Result>> {
  const listed = await readList(journal, key);
  const locations: LocationStatus<Result>[] = [];
  for (let from = 0; from < listed.length; from += chunk)
    locations.push(...(await Promise.all(listed.slice(from, from + chunk).map((one) => locationStatus<Result>(journal, key, one)))));
  const count = (outcome: LocationStatus<Result>["outcome"]): number => locations.filter((one) => one.outcome === outcome).length;
  return { done: count("done"), skipped: count("skipped"), failed: count("failed"), waiting: count("waiting"), locations };
}

async function locationStatus<Result>(
  journal: Journal,
  key: string,
  { locationId, state }: InstalledLocation,
): Promise<LocationStatus<Result>> {
  if (state !== "active") return { locationId, outcome: "skipped", reason: state };
  const entry = await journal.get(locationKey(key, locationId));
  if (entry?.state !== "finished") return { locationId, outcome: "waiting" };
  const kept = entry.outcome as KeptResult<Result>;
  if ("failed" in kept) return { locationId, outcome: "failed", error: new Error(kept.failed) };
  return { locationId, outcome: "done", how: "before", result: kept.result };
}
