import { expect, test, vi } from "vitest";
import { onAbort } from "../src/index.ts";

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
