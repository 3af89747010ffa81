import { systemClock } from "@ghlkit/core";
import { checkClaim, checkDelivery, checkInboxPage, inboxCursor } from "../engine/check-inbox.ts";
import { createWatchers } from "../engine/watchers.ts";
import type { ClaimedDelivery, StoredDelivery } from "../inbox/inbox-delivery.ts";
import type { Inbox } from "../inbox/inbox.ts";
import type { InboxQuery } from "../inbox/inbox-query.ts";
import { nextTurn, rowsOfStep } from "./in-steps.ts";
import { matchesInboxQuery } from "./matches-inbox-query.ts";
import { createMemoryGaps } from "./memory-gaps.ts";
import type { MemoryDeliveries } from "./memory-deliveries.ts";
import { MemoryLanes, type MemoryLane } from "./memory-lanes.ts";
import { createMemoryPrune } from "./memory-prune.ts";
import type { MemoryOptions } from "./memory-options.ts";
import { MemoryTimeline, type ArrivalPlace } from "./memory-timeline.ts";

/** An inbox in the memory of this process, for tests: what it acknowledged is gone when the process ends. */
export function createMemoryInbox({ clock = systemClock }: MemoryOptions = {}): Inbox<undefined> {
  const deliveries: MemoryDeliveries = { byId: new Map(), timeline: new MemoryTimeline(), lanes: new MemoryLanes() };
  const { byId, timeline, lanes } = deliveries;
  const watchers = createWatchers();
  const counts = { waiting: 0, dead: 0 };
  let arrivals = 0;
  let claims = 0;

  const find = (id: string): StoredDelivery => byId.get(id) as StoredDelivery;
  /** Replaces a delivery, and keeps count of the states. */
  const change = (id: string, delivery: StoredDelivery): StoredDelivery => {
    const before = byId.get(id)?.state;
    for (const state of ["waiting", "dead"] as const) counts[state] += Number(delivery.state === state) - Number(before === state);
    byId.set(id, delivery);
    return delivery;
  };
  const set = (id: string, fields: Partial<StoredDelivery>): StoredDelivery => change(id, { ...find(id), ...fields });
  const held = ({ delivery, fence }: ClaimedDelivery): MemoryLane | undefined => {
    const lane = lanes.of(delivery.entity);
    return lane.fence === fence ? lane : undefined;
  };
  const withoutEnd = ({ error: _error, finishedAt: _finishedAt, ...rest }: StoredDelivery): StoredDelivery => rest;
  const waitAgain = (id: string): boolean => {
    const delivery = byId.get(id);
    if (delivery === undefined || delivery.state === "waiting" || delivery.body.length === 0) return false;
    const again = change(id, { ...withoutEnd(delivery), state: "waiting", attempts: 0 });
    lanes.enter(again, clock.now());
    return true;
  };

  /** The newest that match, up to `limit`, in steps. */
  const newest = async (query: InboxQuery, from: ArrivalPlace | undefined, limit: number): Promise<readonly StoredDelivery[]> => {
    const found: StoredDelivery[] = [];
    for (let place = from; ; await nextTurn()) {
      const looked = timeline.before(place, rowsOfStep);
      for (const { id } of looked) {
        if (matchesInboxQuery(find(id), query)) found.push(find(id));
        if (found.length >= limit) return found;
      }
      place = looked.at(-1);
      if (looked.length < rowsOfStep || (query.since !== undefined && (place?.receivedAt ?? 0) < query.since)) return found;
    }
  };

  return {
    insert: async (delivery) => {
      const known = byId.get(checkDelivery(delivery).id);
      if (known !== undefined) {
        set(known.id, { duplicates: known.duplicates + 1 });
        return "duplicate";
      }
      const own = { ...delivery, body: delivery.body.slice(), headers: { ...delivery.headers } };
      const stored = change(delivery.id, { ...own, seq: (arrivals += 1), state: "waiting", attempts: 0, duplicates: 0 });
      timeline.add({ id: stored.id, receivedAt: stored.receivedAt, seq: stored.seq });
      lanes.of(stored.entity).kept += 1;
      lanes.enter(stored, clock.now());
      watchers.notify();
      return "new";
    },
    claim: async (options) => {
      checkClaim(options);
      return lanes.due(clock.now(), options.limit).map((lane) => {
        const { id, attempts, occurredAt } = find(lane.waiting[0]?.id ?? "");
        const delivery = set(id, { attempts: attempts + 1 });
        lane.fence = claims += 1;
        lanes.setDue(lane, clock.now() + options.leaseMs);
        return { delivery, stale: occurredAt < lane.handledUpTo, fence: lane.fence };
      });
    },
    renew: async (claimed, { leaseMs }) => {
      const lane = held(claimed);
      if (lane !== undefined) lanes.setDue(lane, clock.now() + leaseMs);
      return { held: lane !== undefined };
    },
    complete: async (claimed, state, effect) => {
      if (held(claimed) === undefined) return { completed: false };
      await effect?.(undefined);
      const lane = held(claimed);
      if (lane === undefined) return { completed: false };
      const { id, occurredAt } = claimed.delivery;
      const done = change(id, { ...withoutEnd(find(id)), state, finishedAt: clock.now() });
      if (state === "done") lane.handledUpTo = Math.max(lane.handledUpTo, occurredAt);
      lanes.leave(lane, done, clock.now());
      return { completed: true };
    },
    fail: async (claimed, { error, retryInMs }) => {
      const lane = held(claimed);
      if (lane === undefined) return { failed: false };
      const { id } = claimed.delivery;
      if (retryInMs === undefined) {
        lanes.leave(lane, set(id, { state: "dead", error, finishedAt: clock.now() }), clock.now());
      } else {
        set(id, { error });
        lane.fence = 0;
        lanes.setDue(lane, clock.now() + retryInMs);
      }
      return { failed: true };
    },
    release: async (claimed) => {
      const lane = held(claimed);
      if (lane === undefined) return;
      const { id } = claimed.delivery;
      set(id, { attempts: find(id).attempts - 1 });
      lane.fence = 0;
      lanes.setDue(lane, clock.now());
    },
    replay: async (what) => {
      if ("id" in what) {
        const isAgain = waitAgain(what.id);
        if (isAgain) watchers.notify();
        return { replayed: Number(isAgain) };
      }
      const last = arrivals;
      let replayed = 0;
      for (let place: ArrivalPlace | undefined; ; await nextTurn()) {
        const looked = timeline.after(place, rowsOfStep);
        const wanted = looked.filter(({ id, seq }) => seq <= last && matchesInboxQuery(find(id), what));
        const again = wanted.filter(({ id }) => waitAgain(id)).length;
        replayed += again;
        if (again > 0) watchers.notify();
        if (looked.length < rowsOfStep) return { replayed };
        place = looked.at(-1);
      }
    },
    get: async (id) => byId.get(id),
    query: async (query = {}) => {
      const { limit, end } = checkInboxPage(query);
      const found = await newest(query, end, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return { deliveries: page, ...(last !== undefined && found.length > limit ? { next: inboxCursor(last) } : {}) };
    },
    backlog: async () => {
      const { waiting, dead } = counts;
      if (waiting === 0) return { waiting, dead };
      for (let place: ArrivalPlace | undefined; ; await nextTurn()) {
        const looked = timeline.after(place, rowsOfStep);
        const oldest = looked.find(({ id }) => find(id).state === "waiting");
        if (oldest !== undefined) return { waiting, dead, oldestWaitingAt: oldest.receivedAt };
        if (looked.length < rowsOfStep) return { waiting, dead };
        place = looked.at(-1);
      }
    },
    prune: createMemoryPrune(deliveries),
    ...createMemoryGaps(clock),
    watch: watchers.add,
  };
}
