import { createContext, ghlError, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withRetry } from "../../src/index.ts";
import { RetryBudget } from "../../src/retry/retry-budget.ts";
import { principal, request } from "../simulated-platform.ts";

describe("RetryBudget", () => {
  test("is full to begin with, runs out, and fills again with calls, per tenant", () => {
    const budget = new RetryBudget({ ratio: 0.5, reserve: 2 });
    expect([1, 2, 3].map(() => budget.spend("one"))).toEqual([true, true, false]);
    expect(budget.spend("other")).toBe(true);
    budget.earn("one");
    expect(budget.spend("one")).toBe(false);
    budget.earn("one");
    expect(budget.spend("one")).toBe(true);
  });

  test("saves no more than its reserve", () => {
    const budget = new RetryBudget({ ratio: 1, reserve: 2 });
    budget.spend("one");
    for (let index = 0; index < 50; index += 1) budget.earn("one");
    expect([1, 2, 3].map(() => budget.spend("one"))).toEqual([true, true, false]);
  });
});

describe("an outage", () => {
  async function sendDuringOutage(calls: number, status: number | "refused"): Promise<number> {
    const clock = createManualClock();
    let sent = 0;
    const failing: Send = async () => {
      sent += 1;
      if (status === "refused") throw ghlError("network", "refused", { sent: false });
      return new Response(null, { status, headers: status === 429 ? { "retry-after": "0" } : {} });
    };
    const send = withRetry({ clock, random: () => 0.5 })(failing);
    const all = Array.from({ length: calls }, async () => send(request, createContext({ principal })).catch(() => undefined));
    await clock.advance(600_000);
    await Promise.all(all);
    return sent;
  }

  test("is met with a tenth more requests than calls, not four times as many", async () => {
    expect(await sendDuringOutage(1000, 503)).toBeLessThanOrEqual(1000 + 100 + 10);
    expect(await sendDuringOutage(1000, "refused")).toBeLessThanOrEqual(1000 + 100 + 10);
  });

  test("a 429 is no outage: every call is repeated as often as it may", async () => {
    expect(await sendDuringOutage(100, 429)).toBe(400);
  });
});
