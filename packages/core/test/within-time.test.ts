import { describe, expect, it } from "vitest";
import { withinTime, type Clock } from "../src/index.ts";
import { createManualClock } from "../src/testing.ts";

/** A clock of a process that is paused for `pausedMs` at some point: its timers fire late, and before its sockets are read. */
function pausedClock(): Clock & { readonly pause: (ms: number) => void; readonly fire: () => void } {
  let monotonic = 0;
  let timer: (() => void) | undefined;
  return {
    now: () => 0,
    monotonic: () => monotonic,
    after: (_ms, action) => {
      timer = action;
      return () => (timer = undefined);
    },
    pause: (ms) => void (monotonic += ms),
    fire: () => timer?.(),
  };
}

const limit = (clock: Clock): Parameters<typeof withinTime>[1] => ({
  ms: 1_000,
  signal: undefined,
  clock,
  late: () => new Error("late"),
  aborted: () => new Error("aborted"),
});

describe("withinTime after a pause of the process", () => {
  it("reads the answer that arrived meanwhile before it believes in the timeout", async () => {
    const clock = pausedClock();
    let answer = (_text: string): void => {};
    const result = withinTime(() => new Promise<string>((resolve) => (answer = resolve)), limit(clock));
    clock.pause(60_000);
    clock.fire();
    answer("stood in the socket");
    expect(await result).toBe("stood in the socket");
  });

  it("ends when nothing arrived", async () => {
    const clock = pausedClock();
    const result = withinTime(() => new Promise(() => {}), limit(clock));
    const failed = expect(result).rejects.toThrow("late");
    clock.pause(60_000);
    clock.fire();
    clock.pause(1_000);
    clock.fire();
    await failed;
  });

  it("ends even when every turn of the event loop is late", async () => {
    const clock = pausedClock();
    const failed = expect(withinTime(() => new Promise(() => {}), limit(clock))).rejects.toThrow("late");
    for (let turn = 0; turn < 6; turn += 1) {
      clock.pause(5_000);
      clock.fire();
    }
    await failed;
  });

  it("counts no step of the wall clock", async () => {
    let stepped = 0;
    const time = createManualClock();
    const clock: Clock = { now: () => time.now() + stepped, monotonic: time.now, after: time.after };
    const failed = expect(withinTime(() => new Promise(() => {}), limit(clock))).rejects.toThrow("late");
    stepped = 3_600_000;
    await time.advance(1_000);
    await failed;
  });
});
