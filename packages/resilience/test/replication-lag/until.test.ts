import { ghlError } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { until } from "../../src/index.ts";

describe("until", () => {
  test("reads again, less and less often, until it shows", async () => {
    const clock = createManualClock();
    const start = clock.now();
    const times: number[] = [];
    const done = until(
      async () => {
        times.push(clock.now() - start);
        return times.length;
      },
      (count) => count === 5,
      { clock },
    );
    await clock.advance(10_000);
    expect(await done).toBe(5);
    expect(times).toEqual([0, 200, 600, 1400, 3000]);
  });

  test("takes not_found as not yet, and passes every other failure on", async () => {
    const clock = createManualClock();
    let count = 0;
    const done = until(
      async () => {
        count += 1;
        if (count < 3) throw ghlError("not_found", "no", { status: 404 });
        return "there";
      },
      () => true,
      { clock },
    );
    await clock.advance(5000);
    expect(await done).toBe("there");
    await expect(
      until(
        () => Promise.reject(ghlError("server", "boom", { status: 500 })),
        () => true,
        { clock },
      ),
    ).rejects.toMatchObject({ code: "server" });
  });

  test("gives up in time with the last error as cause, and at once when aborted", async () => {
    const clock = createManualClock();
    const missing = ghlError("not_found", "no", { status: 404 });
    const late = until(
      () => Promise.reject(missing),
      () => true,
      { clock, withinMs: 1000 },
    ).catch((error: unknown) => error);
    await clock.advance(1000);
    expect(await late).toMatchObject({ code: "timeout", scope: "total", cause: missing });
    const abort = new AbortController();
    const aborted = until(
      async () => 0,
      () => false,
      { clock, signal: abort.signal },
    ).catch((error: unknown) => error);
    await clock.advance(100);
    abort.abort();
    expect(await aborted).toMatchObject({ code: "aborted" });
    expect(clock.pending()).toBe(0);
  });
});
