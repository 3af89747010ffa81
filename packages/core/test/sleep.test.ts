import { describe, expect, it, vi } from "vitest";
import { sleep } from "../src/index.ts";
import { createManualClock } from "../src/testing.ts";
import { rejection } from "./call.ts";

describe("sleep", () => {
  it("ends when its time has come, not before", async () => {
    const clock = createManualClock();
    let done = false;
    void sleep(1000, undefined, clock).then(() => (done = true));
    await clock.advance(999);
    expect(done).toBe(false);
    await clock.advance(1);
    expect(done).toBe(true);
  });

  it("ends at once when its signal fires, and leaves no timer", async () => {
    const clock = createManualClock();
    const abort = new AbortController();
    const failed = rejection(sleep(60_000, abort.signal, clock));
    abort.abort(new Error("enough"));
    expect(await failed).toMatchObject({ code: "aborted" });
    expect(clock.pending()).toBe(0);
    expect(await rejection(sleep(1, AbortSignal.abort(), clock))).toMatchObject({ code: "aborted" });
  });

  it("leaves a signal that others wait on as it was, and one listener for however many sleep", async () => {
    const clock = createManualClock();
    const { signal } = new AbortController();
    const listen = vi.spyOn(signal, "addEventListener");
    const done = Promise.all([1, 2, 3].map((ms) => sleep(ms, signal, clock)));
    await clock.advance(3);
    await done;
    expect(listen).toHaveBeenCalledOnce();
  });
});
