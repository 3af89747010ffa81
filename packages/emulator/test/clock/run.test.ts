import { expect, test } from "vitest";
import { createEmulatorClock } from "../../src/clock/emulator-clock.ts";

test("run stops at everything that is due, also at what follows from it", async () => {
  const clock = createEmulatorClock({ now: () => 1000 });
  const at: number[] = [];
  let waited = 0;
  clock.waitFor(() => {
    waited += 1;
    return Promise.resolve();
  });
  clock.at(1500, () => {
    at.push(clock.now());
    clock.at(2500, () => at.push(clock.now()));
    clock.at(9000, () => at.push(clock.now()));
  });
  expect(await clock.run(2000)).toBe(3000);
  expect(at).toEqual([1500, 2500]);
  expect(waited).toBeGreaterThanOrEqual(3);
  clock.advance(6000);
  expect(at).toEqual([1500, 2500, 9000]);
});

test("time that passes by itself fires what is due", async () => {
  const clock = createEmulatorClock();
  await new Promise<void>((resolve) => clock.at(clock.now() + 5, resolve));
  clock.at(clock.now() + 5, () => expect.fail("was reset"));
  clock.reset();
  await new Promise((resolve) => setTimeout(resolve, 40));
});
