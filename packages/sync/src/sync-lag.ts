import type { Inbox } from "@ghlkit/storage";
import type { KindState } from "./copy/kind-state.ts";
import type { Kind } from "./kinds/kind.ts";

/** The index behind the platform's lists shows a change up to so long after it was made, in ms: a list proves nothing of what is younger. */
const indexLagMs = 10_000;

/** What lags are measured by. */
export interface LagSource {
  readonly live: "webhooks" | "polling";
  readonly now: number;
  /** Arrival of the oldest webhook that is not handled. */
  readonly oldestWaitingAt: number | undefined;
  /** Begin of the oldest time without a receiver that is not made up for. */
  readonly gapFrom: number | undefined;
  /** Arrival of the oldest webhook of a location since a time that was given up. */
  readonly givenUpAt: (locationId: string, since: number) => number | undefined;
}

/** What a copy that is fed by webhooks is behind for: deliveries wait, no receiver was there for a time, or a delivery was given up. */
export type LagCause = "waiting" | "gap" | "dead_letter";

/** How far a copy may be behind, in ms. */
export interface Lag {
  readonly lagMs: number | undefined;
  readonly lagCause?: LagCause;
  readonly checked?: {
    /** Creations and changes. */
    readonly changesMs: number;
    /** Deletions. */
    readonly deletionsMs: number;
  };
}

/** Kinds of which changes emit no event. */
const withoutEvents: ReadonlySet<Kind> = new Set(["transactions"]);

/** Where changes of a kind come from. */
export function sourceOf(kind: Kind, { live }: Pick<LagSource, "live">): LagSource["live"] {
  return withoutEvents.has(kind) ? "polling" : live;
}

/** Looks where webhooks stand. */
export async function lagSourceOf(
  live: LagSource["live"],
  inbox: Pick<Inbox, "backlog" | "gaps" | "query">,
  clock: { readonly now: () => number },
): Promise<LagSource> {
  const nothing = { live, oldestWaitingAt: undefined, gapFrom: undefined, givenUpAt: () => undefined };
  if (live === "polling") return { ...nothing, now: clock.now() };
  const [{ oldestWaitingAt, dead }, [gap]] = await Promise.all([inbox.backlog(), inbox.gaps()]);
  const givenUpAt = dead === 0 ? nothing.givenUpAt : await givenUp(inbox);
  return { live, now: clock.now(), oldestWaitingAt, gapFrom: gap?.from, givenUpAt };
}

/** The newest thousand that were given up are looked at; where there are more, all before them counts as missing. */
async function givenUp(inbox: Pick<Inbox, "query">): Promise<LagSource["givenUpAt"]> {
  const { deliveries, next } = await inbox.query({ state: "dead", limit: 1000 });
  const knownFrom = next === undefined ? 0 : (deliveries.at(-1)?.receivedAt ?? 0);
  // The newest first, as they come.
  const arrivals = new Map<string | undefined, number[]>();
  for (const { resource, receivedAt } of deliveries) {
    const ofResource = arrivals.get(resource);
    if (ofResource === undefined) arrivals.set(resource, [receivedAt]);
    else ofResource.push(receivedAt);
  }
  return (locationId, since) => (since < knownFrom ? since : arrivals.get(locationId)?.findLast((receivedAt) => receivedAt >= since));
}

/** How far the copy of a kind may be behind. */
export function lagOf(locationId: string, state: KindState | undefined, source: LagSource["live"], lag: LagSource): Lag {
  const { now } = lag;
  const last = state?.lastScan;
  if (last === undefined) return { lagMs: undefined };
  const since = (time: number): number => Math.max(0, now - time);
  const changesMs = since((state?.currentAt ?? last.startedAt) - indexLagMs);
  const checked = { changesMs, deletionsMs: since(last.startedAt - indexLagMs) };
  if (source === "polling") return { lagMs: changesMs, checked };
  const { at, cause } = oldestUnhandled(locationId, last.startedAt, lag);
  return { lagMs: since(at), ...(cause !== undefined && { lagCause: cause }), checked };
}

function oldestUnhandled(locationId: string, readAt: number, lag: LagSource): { readonly at: number; readonly cause?: LagCause } {
  const candidates: readonly (readonly [LagCause, number | undefined])[] = [
    ["waiting", lag.oldestWaitingAt],
    ["gap", lag.gapFrom],
    ["dead_letter", lag.givenUpAt(locationId, readAt)],
  ];
  let oldest: { readonly at: number; readonly cause?: LagCause } = { at: lag.now };
  for (const [cause, at] of candidates) if (at !== undefined && at < oldest.at) oldest = { at, cause };
  return oldest;
}
