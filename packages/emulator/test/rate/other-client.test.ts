import { expect, test } from "vitest";
import { createRandom, unitRandom } from "../../src/ids/random.ts";
import { createOtherClient } from "../../src/rate/other-client.ts";
import { createEmulator } from "../../src/index.ts";
import { callEmulator, createTestClient } from "../test-client.ts";

test("takes its share of many windows, at times in order, the same ones each time", () => {
  const run = (): readonly number[] => {
    const other = createOtherClient(100, 1000, unitRandom(createRandom("x")));
    const times: number[] = [];
    for (let nowMs = 0; nowMs < 200_000; nowMs += 130) times.push(...other.requestsUntil(nowMs, 0.5));
    return times;
  };
  const times = run();
  expect(times.length / 200).toBeGreaterThan(40);
  expect(times.length / 200).toBeLessThan(60);
  expect([...times].toSorted((a, b) => a - b)).toEqual(times);
  expect(run()).toEqual(times);
});

test.each(["fixed", "sliding"] as const)("the bucket is shared, and the headers show it only afterwards (%s)", async (rateWindow) => {
  let nowMs = Date.UTC(2026, 0, 1);
  const { emulator, call } = createTestClient({ burstLimit: 100, rateWindow, clock: { now: () => nowMs } });
  const path = `/locations/${emulator.seed.locationId}`;
  emulator.faults.add({ operation: "*", kind: "other-client", share: 1 });
  nowMs += 9000;
  const remaining = Number((await call("GET", path)).headers.get("x-ratelimit-remaining"));
  expect(remaining).toBeLessThan(99);
  nowMs += 20_000;
  nowMs -= (nowMs % 10_000) - 9999;
  const late = await call("GET", path);
  expect(Number(late.headers.get("x-ratelimit-remaining"))).toBeLessThan(5);
  if (rateWindow === "fixed") expect(late.status).toBe(429);
  expect(emulator.faults.list()[0]?.hits).toBeGreaterThan(100);
  emulator.faults.clear();
  nowMs += 10_000;
  expect((await call("GET", path)).headers.get("x-ratelimit-remaining")).toBe("99");
});

test("sandbox accounts have less", async () => {
  const emulator = createEmulator({ limits: "sandbox" });
  const { headers } = await callEmulator(emulator, "GET", `/locations/${emulator.seed.locationId}`);
  expect([headers.get("x-ratelimit-max"), headers.get("x-ratelimit-limit-daily")]).toEqual(["25", "10000"]);
});
