import { setTimeout as realTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sleep } from "../src/index.ts";
import { createManualClock, runOnClock } from "../src/testing.ts";

describe("runOnClock", () => {
  it("runs a program of hours to its end at once, in the order of its timers", async () => {
    const clock = createManualClock(0);
    const steps: string[] = [];
    const result = await runOnClock(clock, async () => {
      const slow = sleep(7_200_000, undefined, clock).then(() => steps.push("slow"));
      await sleep(3_600_000, undefined, clock);
      steps.push("fast");
      await slow;
      return "done";
    });
    expect([result, steps, clock.now()]).toEqual(["done", ["fast", "slow"], 7_200_000]);
  });

  it("stands still while something is under way outside", async () => {
    const clock = createManualClock(0);
    let open = 0;
    const call = async (): Promise<void> => {
      open += 1;
      await realTimeout(20);
      open -= 1;
    };
    const late = await runOnClock(
      clock,
      async () => {
        let timedOut = false;
        clock.after(1000, () => (timedOut = true));
        await call();
        return timedOut;
      },
      { isBusy: () => open > 0 },
    );
    expect(late).toBe(false);
  });

  it("throws what the program throws, and says when it waits for what never comes", async () => {
    const clock = createManualClock(0);
    await expect(runOnClock(clock, () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    await expect(runOnClock(clock, () => new Promise(() => undefined), { stuckAfterMs: 20 })).rejects.toThrow(/not on its clock/);
    await expect(runOnClock(clock, () => sleep(2000, undefined, clock), { withinMs: 1000 })).rejects.toThrow(/within 1000 ms/);
  });
});
