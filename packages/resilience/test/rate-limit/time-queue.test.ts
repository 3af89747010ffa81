import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeQueue } from "../../src/rate-limit/time-queue.ts";

test("behaves like a sorted list, however much passes through", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(8)), { maxLength: 400 }), (steps) => {
      const queue = new TimeQueue();
      let plain: number[] = [];
      let now = 0;
      for (const [gap, hold] of steps) {
        now += gap;
        const time = Math.max(now + hold, plain.at(-1) ?? 0);
        queue.push(time);
        plain.push(time);
        queue.dropUntil(now);
        plain = plain.filter((kept) => kept > now);
        expect([queue.length, queue.at(0), queue.at(plain.length)]).toEqual([plain.length, plain[0], undefined]);
      }
    }),
  );
});
