import { expect, it } from "vitest";
import { closeGaps } from "../src/close-gaps.ts";
import type { KindState, SyncKey } from "../src/copy/kind-state.ts";

const gap = { id: 1, from: 500, to: 1_000 };

function setUp(count: number) {
  const readAt = new Map<string, number>();
  const locations = Array.from({ length: count }, (_, at) => `location-${at}`);
  const closed: number[] = [];
  let looks = 0;
  const state = async ({ locationId }: SyncKey): Promise<KindState | undefined> => {
    looks += 1;
    const startedAt = readAt.get(locationId);
    return startedAt === undefined ? undefined : ({ generation: 1, lastScan: { startedAt } } as KindState);
  };
  const inbox = { closeGap: async (id: number) => void closed.push(id) };
  const close = closeGaps({ copy: { state }, inbox, locations, kinds: ["contacts", "invoices"] });
  return { readAt, locations, closed, close, looks: () => looks };
}

it("closes a gap when every location was read since, and looks at each of them once", async () => {
  const { readAt, locations, closed, close, looks } = setUp(100);
  for (const location of locations) {
    await close(gap);
    readAt.set(location, 1_000);
  }
  expect(closed).toEqual([]);
  await close(gap);
  expect(closed).toEqual([1]);
  // Both kinds of each, and after each slice the first one that was not read yet.
  expect(looks()).toBe(300);
});

it("looks again for another gap, and at locations that are added", async () => {
  const { readAt, locations, closed, close } = setUp(1);
  readAt.set("location-0", 1_500);
  locations.push("location-1");
  await close(gap);
  expect(closed).toEqual([]);
  readAt.set("location-1", 1_500);
  await close(gap);
  await close({ id: 2, from: 1_400, to: 2_000 });
  expect(closed).toEqual([1]);
  readAt.set("location-0", 2_000);
  readAt.set("location-1", 2_000);
  await Promise.all([close({ id: 2, from: 1_400, to: 2_000 }), close({ id: 2, from: 1_400, to: 2_000 })]);
  expect(new Set(closed)).toEqual(new Set([1, 2]));
});
