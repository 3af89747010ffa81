import fc from "fast-check";
import { expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { sampleDelivery } from "@ghlkit/storage/testing";
import { createWebhookWorker, type Handler, type KnownEvent } from "../../src/index.ts";

const maxAttempts = 5;
const minute = 60_000;
/** More failures than there can be attempts: a claim that was taken over counts as one. */
const never = 1_000_000;

/** One event of the platform. Those of one entity may have happened at the same time. */
interface Planned {
  readonly entity: string;
  readonly occurredAt: number;
  /** Attempts that fail before one succeeds, fewer than `maxAttempts` or `never`. */
  readonly failures: number;
}

/** What happens next. Numbers count round whatever there is. */
type Step =
  /** An event arrives, for the first time or again. */
  | { readonly step: "arrive"; readonly event: number }
  /** A worker begins. The second one cannot renew its leases: others take over from it. */
  | { readonly step: "begin"; readonly worker: number }
  /** A handler that is running comes to its end. */
  | { readonly step: "end"; readonly handler: number }
  | { readonly step: "pass"; readonly ms: number };

/** What was seen, in order. */
type Seen =
  | { readonly what: "arrived" | "committed" | "dead" | "reported dead"; readonly id: string }
  | { readonly what: "began"; readonly id: string; readonly stale: boolean };

const planned = fc.record({
  entity: fc.constantFrom("contact:a", "contact:b", "opportunity:c"),
  occurredAt: fc.integer({ min: 1, max: 4 }),
  failures: fc.constantFrom(0, 0, 0, 1, 2, never),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ step: fc.constant("arrive" as const), event: fc.nat(11) }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant("begin" as const), worker: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constant("end" as const), handler: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant("pass" as const), ms: fc.constantFrom(10, 1000, 40_000) }) },
);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Notes when the inbox gives an event up, not when the worker reports it: between the two another worker may begin the next event of the
 * entity. The inbox in memory changes before its promise resolves.
 */
function noteDead(inbox: Inbox<undefined>, seen: Seen[]): Inbox<undefined> {
  return {
    ...inbox,
    fail: async (claimed, failure) => {
      const dead: Seen = { what: "dead", id: claimed.delivery.id };
      if (failure.retryInMs === undefined) seen.push(dead);
      const result = await inbox.fail(claimed, failure);
      // The claim was lost: it is another worker's to judge.
      if (failure.retryInMs === undefined && !result.failed) seen.splice(seen.indexOf(dead), 1);
      return result;
    },
  };
}

/** Plays the steps, then lets everything come to its end. */
async function play(events: readonly Planned[], steps: readonly Step[]): Promise<readonly Seen[]> {
  const clock = createManualClock();
  const inbox = createMemoryInbox({ clock });
  const seen: Seen[] = [];
  const running: (() => void)[] = [];
  const handler: Handler<KnownEvent<"ContactUpdate">, undefined> = async ({ id }, { stale, attempt, commit }) => {
    seen.push({ what: "began", id, stale });
    await new Promise<void>((resolve) => void running.push(resolve));
    if (attempt <= (events[Number(id)]?.failures ?? 0)) throw new Error("not this time");
    await commit(() => void seen.push({ what: "committed", id }));
  };
  const watched = noteDead(inbox, seen);
  const cannotRenew: Inbox<undefined> = { ...watched, renew: () => Promise.reject(new Error("cut off")) };
  const workers = [watched, cannotRenew, watched].map((its, at) =>
    createWebhookWorker({
      inbox: its,
      clock,
      concurrency: at + 1,
      handlerTimeoutMs: 1e9,
      leaseMs: 30_000,
      retry: { maxAttempts, firstMs: 500 },
      handlers: { ContactUpdate: handler },
      onEvent: (notice) => void (notice.type === "dead" && seen.push({ what: "reported dead", id: notice.id })),
    }),
  );
  const arrive = async (at: number): Promise<void> => {
    const { entity, occurredAt } = events[at] as Planned;
    const id = String(at);
    if (!seen.some((one) => one.what === "arrived" && one.id === id)) seen.push({ what: "arrived", id });
    await inbox.insert(sampleDelivery(id, { entity, occurredAt, body: new TextEncoder().encode(`{"type":"ContactUpdate","id":"${id}"}`) }));
    // Whoever looks for work has it before the next one arrives.
    await turn();
  };
  const end = (at: number): void => running.splice(at % Math.max(running.length, 1), 1)[0]?.();
  for (const one of steps) {
    if (one.step === "arrive") await arrive(one.event % events.length);
    if (one.step === "begin") workers[one.worker]?.start();
    if (one.step === "end") end(one.handler);
    if (one.step === "pass") await clock.advance(one.ms);
    await turn();
  }
  for (const at of events.keys()) await arrive(at);
  workers[0]?.start();
  for (let idle = 0; idle < 5;) {
    await clock.advance(minute);
    await turn();
    idle = running.length === 0 ? idle + 1 : 0;
    while (running.length > 0) end(0);
    await turn();
  }
  await Promise.all(workers.map((worker) => worker.close()));
  return seen;
}

it(
  "handles the same events whatever the sequence, each entity's in order, and says which came too late",
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 12 }), fc.array(step, { maxLength: 60 }), async (events, steps) => {
        const seen = await play(events, steps);
        const idsOf = (what: Seen["what"]): string[] => seen.filter((one) => one.what === what).map(({ id }) => id).toSorted(); // prettier-ignore
        const ids = [...events.keys()].map(String);
        // Given up: what always fails, and what was taken over from one worker after the other.
        const begun = (id: string): number => seen.filter((one) => one.what === "began" && one.id === id).length;
        const mayDie = (id: string): boolean => (events[Number(id)]?.failures ?? 0) === never || begun(id) >= maxAttempts;
        expect([...idsOf("committed"), ...idsOf("dead")].toSorted()).toEqual(ids.toSorted());
        expect(idsOf("reported dead")).toEqual(idsOf("dead"));
        expect(idsOf("dead").filter((id) => !mayDie(id))).toEqual([]);
        expect(idsOf("committed").filter((id) => events[Number(id)]?.failures === never)).toEqual([]);
        checkOrder(events, seen);
      }),
      { numRuns: 200 },
    );
  },
);

/** Whenever a handler began: its event was the first of its entity among those that waited, and late if a newer one was handled. */
function checkOrder(events: readonly Planned[], seen: readonly Seen[]): void {
  const waiting: string[] = [];
  const handledUpTo = new Map<string, number>();
  const of = (id: string): Planned => events[Number(id)] as Planned;
  for (const one of seen) {
    const { entity, occurredAt } = of(one.id);
    if (one.what === "arrived") waiting.push(one.id);
    else if (one.what === "began") {
      const own = waiting.filter((id) => of(id).entity === entity);
      // Stable: of those that happened at the same time the one that arrived first.
      const [first] = own.toSorted((a, b) => of(a).occurredAt - of(b).occurredAt);
      expect([one.id, one.stale]).toEqual([first, occurredAt < (handledUpTo.get(entity) ?? 0)]);
    } else if (one.what !== "reported dead") {
      waiting.splice(waiting.indexOf(one.id), 1);
      if (one.what === "committed") handledUpTo.set(entity, Math.max(occurredAt, handledUpTo.get(entity) ?? 0));
    }
  }
}
