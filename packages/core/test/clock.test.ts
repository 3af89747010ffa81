import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../src/index.ts";

const dayMs = 86_400_000;

describe("systemClock", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([0, 1000, 2 ** 31 - 1, 2 ** 31, 40 * dayMs, 2 ** 33])("runs an action after %i ms, not before", (ms) => {
    const action = vi.fn();
    systemClock.after(ms, action);
    if (ms > 0) vi.advanceTimersByTime(ms - 1);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledOnce();
  });

  it("never runs what is to happen never", () => {
    const action = vi.fn();
    systemClock.after(Infinity, action);
    vi.advanceTimersByTime(200 * dayMs);
    expect(action).not.toHaveBeenCalled();
  });

  it("takes an action back, whenever", () => {
    const action = vi.fn();
    const cancel = systemClock.after(40 * dayMs, action);
    vi.advanceTimersByTime(30 * dayMs);
    cancel();
    vi.advanceTimersByTime(30 * dayMs);
    expect(action).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
