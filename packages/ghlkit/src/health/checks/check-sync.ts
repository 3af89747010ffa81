import { countText, durationText } from "../duration-text.ts";
import type { HealthSync } from "../health-options.ts";
import type { HealthChecks } from "../health-report.ts";

/** How far a copy is behind, and what waits for a person. */
export async function checkSync(sync: HealthSync, { syncLagMs }: { readonly syncLagMs: number }): Promise<Required<HealthChecks>["sync"]> {
  const kinds = await sync.health();
  const values = {
    lagMs: kinds.reduce((most, { lagMs = 0 }) => Math.max(most, lagMs), 0),
    held: kinds.filter(({ held }) => held !== undefined).length,
    heldDeletions: kinds.reduce((sum, { held }) => sum + (held?.missing ?? 0), 0),
    problems: kinds.filter(({ problem }) => problem !== undefined).length,
    backfilling: kinds.filter(({ phase }) => phase === "waiting" || phase === "backfill").length,
  };
  const problem = problemOf(values, syncLagMs);
  if (problem !== undefined) return { status: "degraded", ...problem, values };
  return { status: "ok", message: `The copy is at most ${durationText(values.lagMs)} behind.`, values };
}

function problemOf(
  {
    held,
    heldDeletions,
    problems,
    lagMs,
  }: { readonly held: number; readonly heldDeletions: number; readonly problems: number; readonly lagMs: number },
  syncLagMs: number,
): { readonly message: string; readonly action: string } | undefined {
  if (held > 0)
    return {
      message: `${countText(heldDeletions, "deletion is", "deletions are")} held: so many records are gone at once.`,
      action: "Look in HighLevel whether they are gone. If so: ghlkit sync reconcile --allow-deletions, or sync.allowDeletions().",
    };
  if (problems > 0)
    return {
      message: `${countText(problems, "kind does", "kinds do")} not go on.`,
      action: "ghlkit sync status shows each with its problem; it is tried again by itself.",
    };
  if (lagMs <= syncLagMs) return undefined;
  return {
    message: `The copy is ${durationText(lagMs)} behind.`,
    action: "See that a process runs sync.start() and that its webhooks are handled; ghlkit sync status shows which kind is behind.",
  };
}
