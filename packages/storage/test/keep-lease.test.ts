import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, it, vi } from "vitest";
import { keepLease, type LeaseRenewal, type LeaseToKeep } from "../src/index.ts";

const ttlMs = 3000;

function setUp(outcomes: readonly (LeaseRenewal | Error)[], options: Partial<LeaseToKeep> = {}) {
  const clock = createManualClock();
  const start = clock.now();
  const renewedAt: number[] = [];
  const left = [...outcomes];
  const onLost = vi.fn();
  const renew = async (): Promise<LeaseRenewal> => {
    renewedAt.push(clock.now() - start);
    const outcome = left.shift() ?? "held";
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const end = keepLease({ ttlMs, clock, renew, onLost, ...options });
  return { clock, renewedAt, onLost, end };
}

describe("keepLease", () => {
  it("renews at each third until it is ended", async () => {
    const { clock, renewedAt, onLost, end } = setUp([]);
    await clock.advance(3500);
    end();
    await clock.advance(10_000);
    expect([renewedAt, onLost.mock.calls.length]).toEqual([[1000, 2000, 3000], 0]);
  });

  it("repeats a renewal that rejects a third later, and one that says when then", async () => {
    const { clock, renewedAt } = setUp([new Error("down"), { retryInMs: 40 }, "held"]);
    await clock.advance(3100);
    expect(renewedAt).toEqual([1000, 2000, 2040, 3040]);
  });

  it("reports a lease that another holder has once, and renews no more", async () => {
    const { clock, renewedAt, onLost } = setUp(["lost"]);
    await clock.advance(10_000);
    expect([renewedAt, onLost.mock.calls.length]).toEqual([[1000], 1]);
  });

  it("ends in silence when there is nothing left to renew", async () => {
    const { clock, renewedAt, onLost } = setUp(["ended"], { heldSince: createManualClock().now() });
    await clock.advance(10_000);
    expect([renewedAt, onLost.mock.calls.length]).toEqual([[1000], 0]);
  });

  it("reports a lease that passed without a renewal, counted from before the last one that held it", async () => {
    const clock = createManualClock();
    const lostAt: number[] = [];
    const start = clock.now();
    const outcomes: LeaseRenewal[] = ["held"];
    const renew = async (): Promise<LeaseRenewal> => {
      // The answer takes 200 ms.
      await new Promise<void>((resolve) => clock.after(200, resolve));
      return outcomes.shift() ?? { retryInMs: 500 };
    };
    keepLease({ ttlMs, clock, renew, onLost: () => lostAt.push(clock.now() - start), heldSince: start });
    await clock.advance(20_000);
    expect(lostAt).toEqual([4000]);
  });

  it("says nothing of a renewal that is answered after the end", async () => {
    const clock = createManualClock();
    const onLost = vi.fn();
    let answer = (_outcome: LeaseRenewal): void => {};
    const end = keepLease({ ttlMs, clock, onLost, renew: () => new Promise((resolve) => (answer = resolve)) });
    await clock.advance(1000);
    end();
    answer("lost");
    await clock.advance(10_000);
    expect(onLost).not.toHaveBeenCalled();
  });
});
