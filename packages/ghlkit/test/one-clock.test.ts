import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { expect, test } from "vitest";
import { createGhl } from "../src/index.ts";

test("a job of hours runs on one emulated clock: limits, retries, timeouts, cache and breaker alike", async () => {
  const clock = createManualClock();
  const arrived: number[] = [];
  let failures = 3;
  const ghl = createGhl({
    token: "pit-11111111",
    location: "loc1",
    clock,
    timeoutMs: 5_000,
    fetch: async (url, { signal }) => {
      arrived.push(clock.now());
      if (url.endsWith("/hanging"))
        return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted")), { once: true }));
      if (failures > 0) {
        failures -= 1;
        return new Response("{}", { status: 503 });
      }
      return new Response('{"contact":{}}', { headers: { "content-type": "application/json" } });
    },
  });
  const start = clock.now();
  const contacts = ghl.location("loc1").with({ priority: "bulk" }).contacts;
  const hanging = await runOnClock(clock, async () => {
    const late = contacts.get({ contactId: "hanging" }).catch((error: { readonly code: string }) => error.code);
    await Promise.all(Array.from({ length: 2_000 }, (_, index) => contacts.get({ contactId: `c${index}` })));
    return late;
  });
  expect(hanging).toBe("timeout");
  // 2,000 calls at 100 per 10 s take 190 s at least, whatever the machine's own clock says.
  expect(clock.now() - start).toBeGreaterThanOrEqual(190_000);
  expect(arrived.length).toBeGreaterThanOrEqual(2_003);
  await ghl.close();
});
