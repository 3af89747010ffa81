import { countText, durationText } from "../duration-text.ts";
import type { HealthSync } from "../health-options.ts";
import type { HealthChecks } from "../health-report.ts";

type Kinds = Awaited<ReturnType<HealthSync["health"]>>;

/** How far a copy is behind, and what waits for a person. */
export async function checkSync(sync: HealthSync, { syncLagMs }: { readonly syncLagMs: number }): Promise<Required<HealthChecks>["sync"]> {
  const kinds = await sync.health();
  const values = {
    lagMs: mostBehind(kinds),
    held: kinds.filter(({ held }) => held !== undefined).length,
    heldDeletions: kinds.reduce((sum, { held }) => sum + (held?.missing ?? 0), 0),
    problems: kinds.filter(({ problem }) => problem !== undefined).length,
    backfilling: kinds.filter(({ phase }) => phase === "waiting" || phase === "backfill").length,
  };
  const problem = problemOf(values) ?? lagOf(kinds.filter(({ lagMs = 0 }) => lagMs > syncLagMs));
  if (problem !== undefined) return { status: "degraded", ...problem, values };
  return { status: "ok", message: `The copy is at most ${durationText(values.lagMs)} behind.`, values };
}

interface Problem {
  readonly message: string;
  readonly action: string;
}

function problemOf({
  held,
  heldDeletions,
  problems,
}: {
  readonly held: number;
  readonly heldDeletions: number;
  readonly problems: number;
}): Problem | undefined {
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
  return undefined;
}

/** What is wrong with kinds that are too far behind. A webhook that was given up is not handled by any process. */
function lagOf(behind: Kinds): Problem | undefined {
  if (behind.length === 0) return undefined;
  const [most] = behind.toSorted((a, b) => (b.lagMs ?? 0) - (a.lagMs ?? 0));
  const hasDeadLetter = behind.some(isDeadLetter);
  const actions = [
    ...(hasDeadLetter ? [deadLetterAction] : []),
    ...(behind.every(isDeadLetter)
      ? []
      : ["See that a process runs sync.start() and that its webhooks are handled; ghlkit sync status shows which kind is behind."]),
  ];
  return {
    message: `The copy is ${durationText(mostBehind(behind))} behind${most !== undefined && isDeadLetter(most) ? ": a webhook was given up" : ""}.`,
    action: actions.join(" "),
  };
}

const deadLetterAction =
  "Read why a webhook was given up (ghlkit webhooks dead), fix the cause, then ghlkit webhooks replay --dead, or read everything again: ghlkit sync reconcile, or sync.reconcile().";

function isDeadLetter({ lagCause }: Kinds[number]): boolean {
  return lagCause === "dead_letter";
}

function mostBehind(kinds: Kinds): number {
  return kinds.reduce((most, { lagMs = 0 }) => Math.max(most, lagMs), 0);
}
