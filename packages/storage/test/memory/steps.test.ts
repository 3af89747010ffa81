import { expect, it } from "vitest";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryInbox, createMemoryJournal, type Inbox } from "../../src/index.ts";
import { sampleDelivery } from "../../src/testing.ts";

const rows = 20_000;

async function filled(sameTime: boolean): Promise<Inbox<undefined>> {
  const inbox = createMemoryInbox({ clock: createManualClock(1_000_000) });
  for (let at = 1; at <= rows; at += 1)
    await inbox.insert(sampleDelivery(`d-${at}`, { entity: `contact:${at % 500}`, occurredAt: at, receivedAt: sameTime ? 5 : at }));
  return inbox;
}

async function finishAll(inbox: Inbox<undefined>, end: "done" | "dead"): Promise<void> {
  for (;;) {
    const claims = await inbox.claim({ owner: "w", limit: 500, leaseMs: 1000 });
    if (claims.length === 0) return;
    for (const claimed of claims) await (end === "done" ? inbox.complete(claimed, "done") : inbox.fail(claimed, { error: "no" }));
  }
}

/** Turns of the event loop that other work had meanwhile. */
async function turnsDuring(action: () => Promise<unknown>): Promise<number> {
  let [turns, ended] = [0, false];
  const tick = (): void => {
    turns += 1;
    if (!ended) setTimeout(tick, 0);
  };
  setTimeout(tick, 0);
  await action();
  ended = true;
  return turns;
}

const steps = rows / 1000;

it.each([false, true])(
  "prunes, replays, counts and queries in steps (all of one time: %s)",
  async (sameTime) => {
    const inbox = await filled(sameTime);
    await finishAll(inbox, "dead");
    expect(await inbox.backlog()).toEqual({ waiting: 0, dead: rows });
    let outcome: unknown;
    const turns: Record<string, number> = {};
    const count = async (name: string, action: () => Promise<unknown>): Promise<unknown> => {
      turns[name] = await turnsDuring(async () => (outcome = await action()));
      return outcome;
    };
    expect(await count("query", () => inbox.query({ type: "none" }))).toEqual({ deliveries: [] });
    expect(await count("replay", () => inbox.replay({ state: "dead" }))).toEqual({ replayed: rows });
    expect(await inbox.backlog()).toMatchObject({ waiting: rows, dead: 0 });
    await finishAll(inbox, "done");
    expect(await count("bodies", () => inbox.prune({ bodiesBefore: 1e12, idsBefore: 0 }))).toEqual({ bodies: rows, ids: 0 });
    expect(await count("ids", () => inbox.prune({ bodiesBefore: 0, idsBefore: 1e12 }))).toEqual({ bodies: 0, ids: rows });
    for (const [name, seen] of Object.entries(turns)) expect([name, seen >= steps - 2]).toEqual([name, true]);
    expect((await inbox.query()).deliveries).toEqual([]);
  },
  60_000,
);

it("hands deliveries out in order, whatever the number of entities and of what waits of one", async () => {
  const inbox = createMemoryInbox({ clock: createManualClock(1_000_000) });
  for (let at = 0; at < 5000; at += 1)
    await inbox.insert(sampleDelivery(`d-${at}`, { entity: "contact:one", occurredAt: (at * 7919) % 5000, receivedAt: at }));
  const seen: number[] = [];
  for (;;) {
    const [claimed] = await inbox.claim({ owner: "w", limit: 1, leaseMs: 1000 });
    if (claimed === undefined) break;
    seen.push(claimed.delivery.occurredAt);
    await inbox.complete(claimed, "done");
  }
  expect(seen).toEqual(Array.from({ length: 5000 }, (_, at) => at));
}, 300_000);

it("prunes a journal in steps", async () => {
  const journal = createMemoryJournal({ clock: createManualClock(1_000_000) });
  for (let at = 0; at < rows; at += 1) {
    await journal.start(`k-${at}`, { leaseMs: 1 });
    if (at % 2 === 0) await journal.finish(`k-${at}`, { attempt: 1 });
  }
  let outcome: unknown;
  expect(await turnsDuring(async () => (outcome = await journal.prune({ olderThanMs: 0 })))).toBeGreaterThanOrEqual(steps - 2);
  expect(outcome).toEqual({ pruned: rows / 2 });
  expect((await journal.unfinished({ limit: 10_000 })).length).toBe(rows / 2);
}, 300_000);
