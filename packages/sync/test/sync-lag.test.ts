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
