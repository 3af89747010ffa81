import { ghlError } from "@ghlkit/core";
import type { RunOptions } from "./steps-options.ts";

/** Most entries of the journal that are looked through for runs. */
const mostRead = 10_000;

/** Key of a run in the journal. What stands behind a `/` is its own, so that of the id is spelled otherwise. */
export function runKey(name: string, id: string): string {
  return `${prefixOf(name)}${id.replaceAll("%", "%25").replaceAll("/", "%2F")}`;
}

/** A name holds no `:`, so no name begins the keys of another one. */
function prefixOf(name: string): string {
  return `steps:${name}:`;
}

/** Where the input of a run is kept. */
export function inputKey(key: string): string {
  return `${key}/`;
}

/** Keeps the input of a run. That of the first call counts: keeping it twice does no harm, so none waits for another. */
export async function keepInput({ name, journal }: RunOptions, id: string, input: unknown): Promise<void> {
  if (typeof id !== "string" || id.trim() === "") throw new TypeError("steps: the id of a run must not be empty, and a text.");
  const key = inputKey(runKey(name, id));
  const start = await journal.start(key, { leaseMs: 1 });
  if (!start.started && start.entry.state === "finished") return;
  await journal.finish(key, { attempt: start.started ? start.attempt : start.entry.attempt, outcome: { input } });
}

/** @throws GhlError `invalid_request` when the input was pruned from the journal before the run came to its end. */
export async function keptInput({ journal }: RunOptions, key: string): Promise<unknown> {
  const kept = await journal.get(inputKey(key));
  if (kept?.outcome !== undefined) return (kept.outcome as { readonly input: unknown }).input;
  throw ghlError(
    "invalid_request",
    `The input of ${key} is not in the journal any more: it was pruned before the run came to its end.`,
    {},
  );
}

/** Keeps the input of a run, and lists it among those to carry out. Does nothing for a run that was accepted before. */
export async function acceptRun(options: RunOptions, id: string, input: unknown): Promise<void> {
  await keepInput(options, id, input);
  // A lease of a millisecond: it may be taken up at once.
  await options.journal.start(runKey(options.name, id), { leaseMs: 1 });
}

/** Ids of the runs that have not come to their end, oldest first. The journal may have many other entries before them. */
export async function listAccepted({ name, journal }: RunOptions, limit: number): Promise<readonly string[]> {
  const prefix = prefixOf(name);
  for (let read = Math.max(limit, 100); ; read *= 10) {
    const query = { limit: Math.min(read, mostRead) };
    const entries = await journal.unfinished(query);
    const own = entries.filter(({ key }) => key.startsWith(prefix) && !key.includes("/", prefix.length));
    if (own.length < limit && entries.length === query.limit && read < mostRead) continue;
    return own.slice(0, limit).map(({ key }) => key.slice(prefix.length).replaceAll("%2F", "/").replaceAll("%25", "%"));
  }
}
