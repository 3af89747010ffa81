import { describe, expect, test } from "vitest";
import { createRateWindow } from "../../src/rate/rate-window.ts";

describe("fixed window", () => {
  test("frees everything at once, a window after its first request", () => {
    const window = createRateWindow("fixed", 2, 100);
    expect([window.take(0), window.take(90), window.take(95)]).toEqual([true, true, false]);
    expect(window.freeInMs(95)).toBe(5);
    expect(window.remaining(100)).toBe(2);
    expect([window.take(100), window.take(100), window.take(100)]).toEqual([true, true, false]);
  });

  test("a clock that goes back does not shut it", () => {
    const window = createRateWindow("fixed", 1, 100);
    window.take(1000);
    expect(window.take(10)).toBe(true);
  });
});

describe("sliding window", () => {
  test("frees each slot a window after its use", () => {
    const window = createRateWindow("sliding", 2, 100);
    expect([window.take(0), window.take(90), window.take(99)]).toEqual([true, true, false]);
    expect(window.freeInMs(99)).toBe(1);
    expect([window.take(100), window.take(101)]).toEqual([true, false]);
    expect(window.remaining(190)).toBe(1);
  });
});
