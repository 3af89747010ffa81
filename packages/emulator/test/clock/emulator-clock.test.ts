import { expect, test } from "vitest";
import { createEmulatorClock } from "../../src/clock/emulator-clock.ts";

test("runs with its source and can be moved, set and reset", () => {
  let source = 1000;
  const clock = createEmulatorClock({ now: () => source });
  expect(clock.advance(500)).toBe(1500);
  source += 10;
  expect(clock.now()).toBe(1510);
  expect(clock.set(9000)).toBe(9000);
  source += 5;
  expect(clock.now()).toBe(9005);
  clock.reset();
  expect(clock.now()).toBe(1015);
});

test("what is due happens when a clock says so that has timers of its own", () => {
  let now = 1000;
  const timers: { readonly at: number; readonly action: () => void }[] = [];
  const clock = createEmulatorClock({
    now: () => now,
    after: (ms, action) => {
      const timer = { at: now + ms, action };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  });
  const seen: string[] = [];
  clock.at(6000, () => seen.push("later"));
  clock.at(3000, () => seen.push("sooner"));
  expect(timers.map(({ at }) => at)).toEqual([3000]);
  now = 3000;
  timers[0]?.action();
  expect([seen, timers.map(({ at }) => at)]).toEqual([["sooner"], [6000]]);
  clock.advance(1000);
  expect(timers.map(({ at }) => at)).toEqual([5000]);
  now = 5000;
  timers[0]?.action();
  expect([seen, timers]).toEqual([["sooner", "later"], []]);
});
