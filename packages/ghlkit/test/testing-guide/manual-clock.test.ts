import { createManualClock, runOnClock } from "@ghlkit/core/testing";
import { createEmulator } from "@ghlkit/emulator";
import { createGhl } from "../../src/index.ts";
import { expect, test } from "vitest";

test("250 calls take two windows of ten seconds and meet no 429", async () => {
  const clock = createManualClock();
  const emulator = createEmulator({ clock });
  const { locationId, tokens } = emulator.seed;
  const ghl = createGhl({
    token: tokens.location,
    location: locationId,
    clock,
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  const startedAt = clock.now();

  await runOnClock(clock, async () => {
    const reads = Array.from({ length: 250 }, (_, index) =>
      ghl.location(locationId).contacts.search({ body: { pageLimit: 1, query: `${index}` } }),
    );
    await Promise.all(reads);
  });

  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(20_000);
  expect(emulator.requests().filter(({ status }) => status === 429)).toEqual([]);
});
