import { systemClock, type Clock } from "@ghlkit/core";
import { checkClaim, checkDelivery, checkInboxPage, inboxCursor } from "../engine/check-inbox.ts";
import { createWatchers } from "../engine/watchers.ts";
import type { ClaimedDelivery, StoredDelivery } from "../inbox/inbox-delivery.ts";
import type { Inbox } from "../inbox/inbox.ts";
import { matchesInboxQuery } from "./matches-inbox-query.ts";
import { createMemoryGaps } from "./memory-gaps.ts";
import { MemoryLanes, type MemoryLane } from "./memory-lanes.ts";

const nothing = new Uint8Array();

/** An inbox in the memory of this process, for tests: what it acknowledged is gone when the process ends. */
export function createMemoryInbox(clock: Pick<Clock, "now"> = systemClock): Inbox<undefined> {
  const deliveries = new Map<string, StoredDelivery>();
  const lanes = new MemoryLanes();
  const watchers = createWatchers();
  const gaps = createMemoryGaps(clock);
  let arrivals = 0;
  let claims = 0;

  const find = (id: string): StoredDelivery => deliveries.get(id) as StoredDelivery;
  const set = (id: string, change: Partial<StoredDelivery>): StoredDelivery => {
    const changed = { ...find(id), ...change };
    deliveries.set(id, changed);
    return changed;
  };
  const first = (lane: MemoryLane): StoredDelivery =>
    [...lane.waiting].map(find).reduce((a, b) => ((a.occurredAt - b.occurredAt || a.seq - b.seq) <= 0 ? a : b));
  const held = ({ delivery, fence }: ClaimedDelivery): MemoryLane | undefined => {
    const lane = lanes.of(delivery.entity);
    return lane.fence === fence ? lane : undefined;
  };
  const newestFirst = (): StoredDelivery[] => [...deliveries.values()].toSorted((a, b) => b.receivedAt - a.receivedAt || b.seq - a.seq);

  return {
    insert: async (delivery) => {
      const known = deliveries.get(checkDelivery(delivery).id);
      if (known !== undefined) {
        set(known.id, { duplicates: known.duplicates + 1 });
        return "duplicate";
      }
      const stored = { ...delivery, body: delivery.body.slice(), headers: { ...delivery.headers } };
      deliveries.set(delivery.id, { ...stored, seq: (arrivals += 1), state: "waiting", attempts: 0, duplicates: 0 });
      lanes.enter(delivery.entity, delivery.id, clock.now());
      watchers.tell();
      return "new";
    },
    claim: async (options) => {
      checkClaim(options);
      return lanes.due(clock.now(), options.limit).map((lane) => {
        const { id, attempts, occurredAt } = first(lane);
        const delivery = set(id, { attempts: attempts + 1 });
        lane.fence = claims += 1;
        lane.dueAt = clock.now() + options.leaseMs;
        return { delivery, stale: occurredAt < lane.handledUpTo, fence: lane.fence };
      });
    },
    renew: async (claimed, { leaseMs }) => {
      const lane = held(claimed);
      if (lane !== undefined) lane.dueAt = clock.now() + leaseMs;
      return { held: lane !== undefined };
    },
    complete: async (claimed, state, effect) => {
      if (held(claimed) === undefined) return { completed: false };
      await effect?.(undefined);
      const lane = held(claimed);
      if (lane === undefined) return { completed: false };
      const { id, occurredAt } = claimed.delivery;
      const { error: _old, ...rest } = find(id);
      deliveries.set(id, { ...rest, state, finishedAt: clock.now() });
      if (state === "done") lane.handledUpTo = Math.max(lane.handledUpTo, occurredAt);
      lanes.leave(lane, id, clock.now());
      return { completed: true };
    },
    fail: async (claimed, { error, retryInMs }) => {
      const lane = held(claimed);
      if (lane === undefined) return { failed: false };
      const { id } = claimed.delivery;
      if (retryInMs === undefined) {
        set(id, { state: "dead", error, finishedAt: clock.now() });
        lanes.leave(lane, id, clock.now());
      } else {
        set(id, { error });
        lane.fence = 0;
        lane.dueAt = clock.now() + retryInMs;
      }
      return { failed: true };
    },
    release: async (claimed) => {
      const lane = held(claimed);
      if (lane === undefined) return;
      const { id } = claimed.delivery;
      set(id, { attempts: find(id).attempts - 1 });
      lane.fence = 0;
      lane.dueAt = clock.now();
    },
    replay: async (what) => {
      const chosen = newestFirst().filter((delivery) => ("id" in what ? delivery.id === what.id : matchesInboxQuery(delivery, what)));
      const again = chosen.filter(({ state, body }) => state !== "waiting" && body.length > 0);
      for (const { id, entity } of again) {
        const { finishedAt: _ended, error: _old, ...rest } = find(id);
        deliveries.set(id, { ...rest, state: "waiting", attempts: 0 });
        lanes.enter(entity, id, clock.now());
      }
      if (again.length > 0) watchers.tell();
      return { replayed: again.length };
    },
    get: async (id) => deliveries.get(id),
    query: async (query = {}) => {
      const { limit, end } = checkInboxPage(query);
      const behind = ({ receivedAt, seq }: StoredDelivery): boolean =>
        end === undefined || receivedAt < end.receivedAt || (receivedAt === end.receivedAt && seq < end.seq);
      const found = newestFirst().filter((delivery) => behind(delivery) && matchesInboxQuery(delivery, query));
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return { deliveries: page, ...(last !== undefined && found.length > limit ? { next: inboxCursor(last) } : {}) };
    },
    backlog: async () => {
      const all = [...deliveries.values()];
      const waiting = all.filter(({ state }) => state === "waiting");
      const oldest = waiting.length === 0 ? {} : { oldestWaitingAt: Math.min(...waiting.map(({ receivedAt }) => receivedAt)) };
      return { waiting: waiting.length, dead: all.filter(({ state }) => state === "dead").length, ...oldest };
    },
    prune: async ({ bodiesBefore, idsBefore, atMost }) => {
      const finished = [...deliveries.values()].filter(({ state }) => state === "done" || state === "ignored");
      const gone = finished.filter(({ receivedAt }) => receivedAt < idsBefore).slice(0, atMost);
      for (const { id } of gone) deliveries.delete(id);
      lanes.forget(new Set(gone.map(({ entity }) => entity)), new Set([...deliveries.values()].map(({ entity }) => entity)));
      const emptied = finished
        .filter(({ id, finishedAt, body }) => deliveries.has(id) && body.length > 0 && (finishedAt ?? 0) < bodiesBefore)
        .slice(0, atMost);
      for (const { id } of emptied) set(id, { body: nothing, headers: {} });
      return { bodies: emptied.length, ids: gone.length };
    },
    ...gaps,
    watch: watchers.add,
  };
}
