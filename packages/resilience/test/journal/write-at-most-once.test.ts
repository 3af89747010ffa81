import { ghlError } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryJournal } from "@ghlkit/storage";
import { describe, expect, it } from "vitest";
import { writeAtMostOnce, type Written } from "../../src/journal/write-at-most-once.ts";

const unreadable = (): never => {
  throw ghlError("invalid_response", "The answer is no JSON.", { status: 200, accepted: true }, { attempts: 1 });
};

function open(write: () => string, fits: readonly string[]) {
  const clock = createManualClock();
  const journal = createMemoryJournal({ clock });
  let writes = 0;
  const call = (): Promise<Written<string>> =>
    writeAtMostOnce(
      {
        key: "k",
        write: async () => {
          writes += 1;
          return write();
        },
        find: async () => fits,
      },
      { journal, clock, leaseMs: 1000, settleMs: 60_000 },
    );
  return { call, clock, writes: () => writes };
}

describe("a write that was accepted with an answer that cannot be read", () => {
  it("is looked for, now and at every later call, and not written again", async () => {
    const { call, writes } = open(unreadable, ["id"]);
    const found = { outcome: "written", how: "found", result: "id" };
    expect([await call(), await call()]).toEqual([found, found]);
    expect(writes()).toBe(1);
  });

  it("stays unknown when nothing fits, or two do, however long ago it was", async () => {
    for (const fits of [[], ["one", "two"]]) {
      const { call, clock, writes } = open(unreadable, fits);
      expect(await call()).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
      await clock.advance(600_000);
      expect(await call()).toEqual({ outcome: "unknown", probeAfterMs: 60_000 });
      expect(writes()).toBe(1);
    }
  });
});

it("throws what is a refusal, and may be called again then", async () => {
  let isRefused = true;
  const { call } = open(() => {
    if (isRefused) throw ghlError("bad_request", "No.", { status: 400 }, { attempts: 1, operation: "conversations.sendMessage" });
    return "id";
  }, []);
  await expect(call()).rejects.toMatchObject({ code: "bad_request" });
  isRefused = false;
  expect(await call()).toEqual({ outcome: "written", how: "now", result: "id" });
});
