import { expect, test, vi } from "vitest";
import { onAbort, systemClock, withinTime } from "../src/index.ts";

test("however many share a signal, it has one listener and each runs once, in order", () => {
  const controller = new AbortController();
  const add = vi.spyOn(controller.signal, "addEventListener");
  const ran: number[] = [];
  const takeBack = [0, 1, 2, 3].map((index) => onAbort(controller.signal, () => ran.push(index)));
  takeBack[1]?.();
  controller.abort();
  controller.abort();
  expect(ran).toEqual([0, 2, 3]);
  expect(add).toHaveBeenCalledTimes(1);
});

test("an action may take others back while the signal fires", () => {
  const controller = new AbortController();
  const ran: string[] = [];
  let takeBack = (): void => {};
  onAbort(controller.signal, () => {
    ran.push("first");
    takeBack();
  });
  takeBack = onAbort(controller.signal, () => ran.push("second"));
  controller.abort();
  expect(ran).toEqual(["first"]);
});

test("the signal of an attempt is watched without a listener, and everything that watches it runs", async () => {
  const ran: string[] = [];
  let signalled: AbortSignal | undefined;
  const outer = new AbortController();
  const work = withinTime(
    (signal) => {
      signalled = signal;
      const add = vi.spyOn(signal, "addEventListener");
      onAbort(signal, () => ran.push(`taken back ${signal.aborted}`))();
      onAbort(signal, () => ran.push(`action ${signal.aborted} ${String(signal.reason)}`));
      expect(add).not.toHaveBeenCalled();
      signal.addEventListener("abort", () => ran.push("listener"));
      return new Promise(() => {});
    },
    { ms: 0, signal: outer.signal, clock: systemClock, late: () => new Error("late"), aborted: () => new Error("aborted") },
  );
  outer.abort("enough");
  await expect(work).rejects.toThrow("aborted");
  expect([ran, signalled?.aborted]).toEqual([["listener", "action true enough"], true]);
});
