import { answerOf, systemClock, type Clock, type Layer, type Principal } from "@ghlkit/core";
import { reuseKey } from "./reuse-key.ts";

export interface CacheOptions {
  /** Operation id → how long its answers may be used again, in ms. Only these are cached. */
  readonly ttlMs: Readonly<Record<string, number>>;
  /** Answers kept at most; the one longest unused goes first. Default 1,000. */
  readonly maxEntries?: number;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** The layer, with what it takes to drop what it holds. */
export interface CacheLayer extends Layer {
  /** Drops answers: of one operation, of one principal, of both together, or all. Returns how many. */
  readonly invalidate: (what?: { readonly operation?: string; readonly principal?: Principal }) => number;
}

interface Entry {
  readonly response: Response;
  readonly at: number;
  readonly operation: string;
  readonly principal: Principal | undefined;
}

/** Reference data that changes rarely and is read all the time: five minutes each. */
export const referenceData: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "opportunities.listPipelines",
    "locations.listCustomFields",
    "locations.listCustomValues",
    "locations.listTags",
    "calendars.list",
    "users.list",
    "users.search",
    "workflows.list",
  ].map((id) => [id, 300_000]),
);

/**
 * Answers reads of the named operations from memory while they are fresh, per principal. Only successes are kept. What a
 * write of ours or of somebody else changed is not noticed: call `invalidate` after a write that matters.
 */
export function withCache({ ttlMs, maxEntries = 1000, clock = systemClock }: CacheOptions): CacheLayer {
  const entries = new Map<string, Entry>();
  const keep = (key: string, entry: Entry): void => {
    entries.delete(key);
    entries.set(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
  };
  const layer: Layer = (next) => (request, context) => {
    const operation = context.operation?.id ?? "";
    const ttl = ttlMs[operation];
    const key = ttl === undefined ? undefined : reuseKey(request, context);
    if (ttl === undefined || key === undefined) return next(request, context);
    const known = entries.get(key);
    const ageMs = known === undefined ? Infinity : clock.now() - known.at;
    if (known !== undefined && ageMs >= 0 && ageMs < ttl) {
      keep(key, known);
      context.emit({ type: "cached", ageMs });
      return Promise.resolve(known.response);
    }
    return next(request, context).then((response) => {
      // Only a body that was read within its attempt can be read again by the next caller.
      const isKept = response.ok && answerOf(response) !== undefined;
      if (isKept) keep(key, { response, at: clock.now(), operation, principal: context.principal });
      return response;
    });
  };
  return Object.assign(layer, {
    invalidate: (what: { readonly operation?: string; readonly principal?: Principal } = {}) => {
      const gone = [...entries].filter(([, entry]) => matches(entry, what));
      for (const [key] of gone) entries.delete(key);
      return gone.length;
    },
  });
}

function matches(entry: Entry, { operation, principal }: { readonly operation?: string; readonly principal?: Principal }): boolean {
  if (operation !== undefined && entry.operation !== operation) return false;
  if (principal === undefined) return true;
  const { app, kind, resource } = entry.principal ?? {};
  return app === principal.app && kind === principal.kind && resource === principal.resource;
}
