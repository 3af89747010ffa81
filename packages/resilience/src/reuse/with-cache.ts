import { checkNumber, isWrite, systemClock, type Clock, type Layer, type Principal } from "@ghlkit/core";
import { afterWrite, isSameResource, serviceOf, touches } from "./after-write.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { reuseKey } from "./reuse-key.ts";

/** Options of {@link withCache}. */
export interface CacheOptions {
  /** Operation id → how long its answers may be used again, in ms. Only these are cached. */
  readonly ttlMs: Readonly<Record<string, number>>;
  /**
   * Answers kept at most; the one longest unused goes first.
   * @default 1_000
   */
  readonly maxEntries?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}

/** The layer, with what it takes to drop what it holds. */
export interface CacheLayer extends Layer {
  /**
   * Drops answers: of one operation, of one principal, of both together, or all. Returns how many. What reads bring that are under way is
   * not kept.
   */
  readonly invalidate: (what?: { readonly operation?: string; readonly principal?: Principal }) => number;
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
 * Answers reads of the named operations from memory while they are fresh, per principal. Only successes with data are kept. A write through this
 * layer drops what is kept of its service (the operation id up to the dot) and principal, unless it was refused; one outside the contract
 * all of its principal. What others change is not noticed, nor what a write to another service brings along (a contact's new tag becomes
 * one of its location's): call `invalidate` when you learn of it, or read with `{ fresh: true }`, which asks the platform and keeps what
 * it answers.
 */
export function withCache({ ttlMs, maxEntries = 1000, clock = systemClock }: CacheOptions): CacheLayer {
  for (const [id, ttl] of Object.entries(ttlMs)) checkNumber("withCache", `ttlMs["${id}"]`, ttl);
  checkNumber("withCache", "maxEntries", maxEntries);
  const kept = new KeptAnswers(maxEntries, clock);
  const services = new Set(Object.keys(ttlMs).map(serviceOf));
  const layer: Layer = (next) => (request, context) => {
    const id = context.operation?.id;
    if (isWrite(request.method, context.operation)) {
      const answer = next(request, context);
      const service = serviceOf(id);
      const touchesNone = service !== undefined && !services.has(service);
      return touchesNone ? answer : afterWrite(answer, () => void kept.drop((of) => touches(context, of)));
    }
    const ttl = id === undefined ? undefined : ttlMs[id];
    const key = ttl === undefined ? undefined : reuseKey(request, context);
    if (ttl === undefined || key === undefined) return next(request, context);
    const known = context.fresh === true ? undefined : kept.find(key, ttl);
    if (known !== undefined) {
      context.emit({ type: "cached", ageMs: known.ageMs });
      return Promise.resolve(known.response);
    }
    const current = kept.isOvertaken(key) ? { ...context, fresh: true } : context;
    return kept.read(key, { operation: id, principal: context.principal, answer: context.operation?.answer }, () => next(request, current));
  };
  return Object.assign(layer, {
    invalidate: ({ operation, principal }: { readonly operation?: string; readonly principal?: Principal } = {}) =>
      kept.drop(
        (of) =>
          (operation === undefined || of.operation === operation) && (principal === undefined || isSameResource(of.principal, principal)),
      ),
  });
}
