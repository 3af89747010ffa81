import { expect, it } from "vitest";
import { lagOf, lagSourceOf } from "../src/sync-lag.ts";

const scan = {
  reason: "backfill",
  startedAt: 1_000_000,
  finishedAt: 1_100_000,
  pages: 1,
  calls: 1,
  created: 1,
  updated: 0,
  unchanged: 0,
  deleted: 0,
} as const;
const state = { generation: 1, lastScan: scan, currentAt: 1_900_000 };

function inboxOf(dead: readonly { readonly resource: string; readonly receivedAt: number }[], next?: string) {
  return {
    backlog: async () => ({ waiting: 0, dead: dead.length }),
    gaps: async () => [],
    query: async () => ({ deliveries: dead as never, ...(next !== undefined && { next }) }),
  };
}

async function lagWith(...inbox: Parameters<typeof inboxOf>): Promise<number | undefined> {
  const source = await lagSourceOf("webhooks", inboxOf(...inbox), { now: () => 2_000_000 });
  return lagOf("location", state, "webhooks", source).lagMs;
}

it("counts webhooks that were given up since the last reading of all, and those of the location alone", async () => {
  expect(await lagWith([])).toBe(0);
  expect(await lagWith([{ resource: "location", receivedAt: 1_500_000 }])).toBe(500_000);
  expect(await lagWith([{ resource: "location", receivedAt: 900_000 }])).toBe(0);
  expect(await lagWith([{ resource: "other", receivedAt: 1_500_000 }])).toBe(0);
  // More than are looked at: the one that is too many may be of any time.
  expect(await lagWith([{ resource: "other", receivedAt: 1_500_000 }], "next")).toBe(1_000_000);
});

it("believes lists only for what is older than their index", async () => {
  const source = await lagSourceOf("polling", inboxOf([]), { now: () => 2_000_000 });
  expect(lagOf("location", state, "polling", source)).toEqual({ lagMs: 110_000, checked: { changesMs: 110_000, deletionsMs: 1_010_000 } });
  expect(lagOf("location", undefined, "polling", source)).toEqual({ lagMs: undefined });
});

it("names a webhook that was given up as the cause, and else what waits or a time without a receiver", async () => {
  const dead = [{ resource: "location", receivedAt: 1_500_000 }];
  const causeWith = async (more: object): Promise<string | undefined> => {
    const source = await lagSourceOf("webhooks", { ...inboxOf(dead), ...more }, { now: () => 2_000_000 });
    return lagOf("location", state, "webhooks", source).lagCause;
  };
  expect(await causeWith({})).toBe("dead_letter");
  expect(await causeWith({ backlog: async () => ({ waiting: 1, dead: 1, oldestWaitingAt: 1_400_000 }) })).toBe("waiting");
  expect(await causeWith({ gaps: async () => [{ id: 1, from: 1_300_000, to: 1_400_000 }] })).toBe("gap");
  expect(await causeWith({ backlog: async () => ({ waiting: 0, dead: 0 }) })).toBeUndefined();
  const polling = await lagSourceOf("polling", inboxOf(dead), { now: () => 2_000_000 });
  expect(lagOf("location", state, "polling", polling).lagCause).toBeUndefined();
});

it("reads the deliveries that were given up once, however many locations there are", async () => {
  let reads = 0;
  const dead = Array.from({ length: 1_000 }, (_, at) => ({
    get resource() {
      reads += 1;
      return `location-${at % 300}`;
    },
    receivedAt: 1_999_000 - at,
  }));
  const source = await lagSourceOf("webhooks", inboxOf(dead), { now: () => 2_000_000 });
  const lags = Array.from({ length: 300 }, (_, at) => lagOf(`location-${at}`, state, "webhooks", source).lagMs);
  // The oldest of each: 999 - 300 and newer ones.
  expect([lags[0], lags[99], lags[100], lags[299]]).toEqual([1_900, 1_999, 1_700, 1_899]);
  expect(reads).toBe(1_000);
});
