import { sleep, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withRateLimit } from "../../src/index.ts";
import { listening, principal, request } from "../simulated-platform.ts";

const ok: Send = async () => new Response(null);

describe("beside interactive calls", () => {
  test("bulk work leaves interactive calls as many slots as those used lately, and all others to itself", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ clock });
    const send = limiter(ok);
    const bulk = (count: number): void => {
      for (let i = 0; i < count; i += 1) void send(request, listening({ priority: "bulk" }).context);
    };
    // Six a window for three windows. The last six are free again in 100 ms.
    for (let window = 0; window < 3; window += 1) {
      for (let i = 0; i < 6; i += 1) await send(request, listening().context);
      await clock.advance(9_900);
    }
    bulk(120);
    await clock.advance(1);
    expect(limiter.inspect(principal)).toMatchObject({ free: 6, depth: 32 });
    const person = listening();
    await send(request, person.context);
    expect(person.events.some(({ type }) => type === "queued")).toBe(false);
    bulk(1);
    expect(limiter.inspect(principal)).toMatchObject({ free: 5, depth: 33 });
    await clock.advance(10_100);
    expect(limiter.inspect(principal).depth).toBe(0);
    await clock.advance(40_000);
    bulk(120);
    await clock.advance(1);
    expect(limiter.inspect(principal)).toMatchObject({ free: 0, depth: 20 });
    await clock.advance(30_000);
  });

  test.each([1, 2, 5, 12])(
    "bulk work beside %i interactive calls per window loses less than a hundredth of the rate",
    async (perWindow) => {
      const clock = createManualClock();
      const send = withRateLimit({ clock, maxQueue: 10_000 })(async () => {
        await sleep(5, undefined, clock);
        return new Response();
      });
      const start = clock.now();
      let ended = 0;
      let people = 0;
      const waits: number[] = [];
      for (let i = 0; i < 5_000; i += 1) void send(request, listening({ priority: "bulk" }).context).then(() => (ended += 1));
      const person = (): void => {
        if (ended === 5_000) return;
        const since = clock.now();
        people += 1;
        void send(request, listening().context).then(() => waits.push(clock.now() - since));
        clock.after(10_000 / perWindow, person);
      };
      person();
      while (ended < 5_000) await clock.advance(500);
      const ideal = (ended + people) * 100;
      expect((clock.now() - start) / ideal).toBeLessThan(1.01);
      expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(1_000);
    },
  );
});
