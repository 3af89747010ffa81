import { ghlError } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";
import type { InstalledLocation } from "../installed-locations.ts";

/** Key of the list of a run in the journal. */
function listKey(key: string): string {
  return `locations:${key}/list`;
}

/** Keeps the locations of a run. The list of the first call counts. */
export async function keepList(
  journal: Journal,
  key: string,
  locations: readonly InstalledLocation[],
): Promise<readonly InstalledLocation[]> {
  const start = await journal.start(listKey(key), { leaseMs: 1 });
  if (!start.started && start.entry.state === "finished") return start.entry.outcome as readonly InstalledLocation[];
  const attempt = start.started ? start.attempt : start.entry.attempt;
  const { finished } = await journal.finish(listKey(key), { attempt, outcome: locations });
  return finished ? locations : readList(journal, key);
}

/** @throws GhlError `invalid_request` for a run that was not enqueued. */
export async function readList(journal: Journal, key: string): Promise<readonly InstalledLocation[]> {
  const entry = await journal.get(listKey(key));
  if (entry?.state === "finished") return entry.outcome as readonly InstalledLocation[];
  throw ghlError("invalid_request", `There is no run ${key}: enqueue it first.`, {});
}
