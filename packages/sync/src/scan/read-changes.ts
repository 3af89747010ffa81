import type { KindState } from "../copy/kind-state.ts";
import { keptFrom } from "../retention.ts";
import { keepPage, type KindRun } from "./kind-run.ts";

/**
 * Reads what was changed since the last time, and a stretch before: the platform's index shows a change seconds after it was made. A record
 * that comes twice is kept once.
 * @throws what a call throws; what was kept until then stays, and the next time begins where this one did.
 */
export async function readChanges(run: KindRun, before: KindState, overlapMs: number): Promise<KindState> {
  const { definition, location, clock, copy, key } = run;
  if (definition.changes === undefined) return before;
  const startedAt = clock.now();
  let signpost: number | undefined;
  let observedAt = startedAt;
  const from = keptFrom(key.kind, run.retention, startedAt);
  for await (const page of definition.changes(location, (before.since ?? startedAt) - overlapMs)) {
    signpost ??= page.serverAt;
    await keepPage(run, { items: page.items, source: "changes", observedAt, keptFrom: from }, { state: () => before });
    observedAt = clock.now();
  }
  const { problem: _, ...rest } = before;
  const state: KindState = { ...rest, since: signpost ?? startedAt, currentAt: startedAt };
  await copy.checkpoint(key, { state, fence: run.fence });
  return state;
}
