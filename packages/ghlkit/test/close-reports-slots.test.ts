import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { createGhl } from "../src/index.ts";

test("close() reports what became of the last slots: no other process waits for the end of their lease", async () => {
  const clock = createManualClock();
  const { rates } = createMemoryStorage({ clock });
  const ghl = createGhl({ token: "pit-11111111", location: "loc1", clock, storage: { rates }, fetch: async () => new Response("{}") });
  const call = ghl.location("loc1").contacts.get({ contactId: "c1" });
  await clock.advance(0);
  await call;
  const settings = { limit: 100, windowMs: 10_000, leaseMs: 60_000 };
  const before = await rates.reserve("private/location/loc1", { ...settings, reservation: "before", count: 0 });
  expect(before).toMatchObject({ taken: 1, inFlight: 1 });
  await ghl.close();
  const after = await rates.reserve("private/location/loc1", { ...settings, reservation: "after", count: 0 });
  expect(after).toMatchObject({ taken: 1, inFlight: 0, free: 99 });
});
