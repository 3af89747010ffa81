import { readRateState } from "@ghlkit/core";
import { expect, test } from "vitest";
import { SlotWindow } from "../../src/rate-limit/slot-window.ts";

function remaining(count: number) {
  return readRateState(new Headers({ "x-ratelimit-max": "20", "x-ratelimit-remaining": String(count) }));
}

test("what others spent is counted once, however many answers tell it", () => {
  const slots = new SlotWindow(20, 1_000, Infinity);
  const marks = [slots.take(), slots.take(), slots.take()];
  for (const mark of marks) {
    slots.learn(0, mark, remaining(10));
    slots.settle(0);
  }
  expect(slots.free(0)).toBe(10);
});

test("our own calls in flight are not mistaken for someone else's", () => {
  const slots = new SlotWindow(20, 1_000, Infinity);
  const marks = Array.from({ length: 20 }, () => slots.take());
  slots.learn(0, marks[0] as number, remaining(0));
  slots.settle(0);
  expect(slots.free(0)).toBe(0);
  expect(slots.free(1_001)).toBe(1);
});

test("a slow answer that counts calls we have forgotten spends nothing", () => {
  const slots = new SlotWindow(20, 1_000, Infinity);
  for (let i = 0; i < 10; i += 1) slots.take();
  const slow = slots.take();
  for (let i = 0; i < 10; i += 1) slots.settle(0);
  expect(slots.free(1_500)).toBe(19);
  slots.learn(1_500, slow, remaining(9));
  slots.settle(1_500);
  expect(slots.free(1_500)).toBe(19);
});

test("after a lower limit is told, taken slots are free again before a new one is", () => {
  const slots = new SlotWindow(100, 1_000, Infinity);
  for (let i = 0; i < 30; i += 1) slots.settle((slots.take(), i));
  slots.learn(30, slots.take(), readRateState(new Headers({ "x-ratelimit-max": "25" })));
  slots.settle(30);
  expect(slots.free(30)).toBe(-6);
  expect(slots.freeAt(30)).toBe(1_007);
  expect(slots.estimate(30, 2)).toBe(1_008);
});

test("a clock that is set back holds nothing for longer than a window", () => {
  const slots = new SlotWindow(2, 1_000, Infinity);
  slots.settle((slots.take(), 3_600_000));
  slots.settle((slots.take(), 3_600_500));
  expect(slots.free(0)).toBe(0);
  expect(slots.free(1_000)).toBe(0);
  expect(slots.free(1_001)).toBe(2);
});
