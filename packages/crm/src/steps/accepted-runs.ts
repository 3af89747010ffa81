import { ghlError } from "@ghlkit/core";
import { once } from "@ghlkit/resilience";
import type { RunOptions } from "./steps-options.ts";

/** Key of a run in the journal. */
export function runKey(name: string, id: string): string {
  return `steps:${name}:${id}`;
}

/** Where the input of a run is kept. */
export function inputKey(key: string): string {
  return `${key}/`;
}

/** Keeps the input of a run. That of the first call counts. */
export async function keepInput({ name, journal, leaseMs = 120_000, clock }: RunOptions, id: string, input: unknown): Promise<void> {
  // Keeping it twice does no harm.
  const probe = () => Promise.resolve({ happened: false } as const);
  const key = inputKey(runKey(name, id));
  await once(key, () => Promise.resolve({ input }), { journal, leaseMs, probe, ...(clock !== undefined && { clock }) });
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

/** Ids of the runs that have not come to their end, oldest first. */
export async function listAccepted({ name, journal }: RunOptions, limit: number): Promise<readonly string[]> {
  const prefix = runKey(name, "");
  const entries = await journal.unfinished({ limit });
  return entries.flatMap(({ key }) => (key.startsWith(prefix) && !key.includes("/", prefix.length) ? [key.slice(prefix.length)] : []));
}
