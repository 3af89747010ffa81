import { expect, test } from "vitest";
import { createRandom } from "../../src/ids/random.ts";
import { checkLatency, drawLatency, type Latency } from "../../src/faults/latency.ts";

function draws(latency: Latency): readonly number[] {
  const random = createRandom("latency");
  return Array.from({ length: 4000 }, () => drawLatency(latency, () => random() / 2 ** 32));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test("fixed is the same each time", () => {
  expect(new Set(draws({ delayMs: 40 }))).toEqual(new Set([40]));
});

test("uniform lies between its bounds", () => {
  const values = draws({ delayMs: 10, distribution: "uniform", maxDelayMs: 30 });
  expect(Math.min(...values)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...values)).toBeLessThanOrEqual(30);
  expect(mean(values)).toBeCloseTo(20, 0);
});

test("normal has its mean and deviation, and never goes below nothing", () => {
  const values = draws({ delayMs: 100, distribution: "normal", deviation: 20 });
  expect(Math.abs(mean(values) - 100)).toBeLessThan(2);
  expect(Math.abs(Math.sqrt(mean(values.map((value) => (value - 100) ** 2))) - 20)).toBeLessThan(2);
  expect(Math.min(...draws({ delayMs: 1, distribution: "normal", deviation: 50 }))).toBe(0);
});

test("lognormal has its median and a long tail", () => {
  const values = [...draws({ delayMs: 100, distribution: "lognormal", deviation: 0.5 })].toSorted((a, b) => a - b);
  expect(Math.abs((values[2000] ?? 0) - 100)).toBeLessThan(5);
  expect(mean(values)).toBeGreaterThan(107);
});

test("what makes no sense is refused", () => {
  expect(() => checkLatency({ delayMs: -1 })).toThrow("delayMs");
  expect(() => checkLatency({ distribution: "poisson" as "normal" })).toThrow("distribution");
  expect(() => checkLatency({ delayMs: 5, maxDelayMs: 1 })).toThrow("maxDelayMs");
  expect(() => checkLatency({ deviation: -1 })).toThrow("deviation");
});
