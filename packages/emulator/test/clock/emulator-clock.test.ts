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
