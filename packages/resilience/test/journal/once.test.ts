import { describe, expect, it } from "vitest";
import { ghlError, isGhlError } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { once, type OnceOptions } from "../../src/index.ts";

function setUp() {
  const clock = createManualClock();
  const { journal } = createMemoryStorage({ clock });
  let writes = 0;
  const send =
    (outcome: () => string = () => "sent") =>
    async () => {
      writes += 1;
      return outcome();
    };
  return { clock, journal, send, writes: () => writes };
}

const lost = (): never => {
  throw ghlError("network", "The answer was lost.", { sent: true });
};
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "none",
    (error: unknown) => (isGhlError(error) ? error.code : error),
  );

describe("once", () => {
  it("writes once, and gives the first result ever after", async () => {
    const { journal, send, writes } = setUp();
    expect(await once("k", send(), { journal })).toEqual({ result: "sent", done: "now" });
    expect(
      await once(
        "k",
        send(() => "another"),
        { journal },
      ),
    ).toEqual({ result: "sent", done: "before" });
    expect(writes()).toBe(1);
  });

  it("lets one of many at a time write", async () => {
    const { journal, send, writes } = setUp();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => codeOf(once("k", send(), { journal }))));
    expect(outcomes.filter((outcome) => outcome === "none").length).toBe(1);
    expect(outcomes.filter((outcome) => outcome === "outcome_unknown").length).toBe(9);
    expect(writes()).toBe(1);
  });

  it("may be called again after a refusal", async () => {
    const { journal, send, writes } = setUp();
    const refused = send(() => {
      throw ghlError("validation", "no", { status: 422, fields: [] });
    });
    expect(await codeOf(once("k", refused, { journal }))).toBe("validation");
    expect(await once("k", send(), { journal })).toEqual({ result: "sent", done: "now" });
    expect(writes()).toBe(2);
  });

  it("never writes again when an answer was lost and nobody can look", async () => {
    const { journal, send, writes, clock } = setUp();
    expect(await codeOf(once("k", send(lost), { journal }))).toBe("outcome_unknown");
    expect(await codeOf(once("k", send(), { journal }))).toBe("outcome_unknown");
    await clock.advance(600_000);
    expect(await codeOf(once("k", send(), { journal }))).toBe("outcome_unknown");
    expect(writes()).toBe(1);
    const [entry] = await journal.unfinished();
    expect(entry?.key).toBe("k");
  });

  it("finds by its probe what had happened", async () => {
    const { journal, send, writes } = setUp();
    const options: OnceOptions<string> = { journal, probe: async () => ({ happened: true, result: "found" }) };
    expect(await once("k", send(lost), options)).toEqual({ result: "found", done: "found" });
    expect(await once("k", send(), options)).toEqual({ result: "found", done: "before" });
    expect(writes()).toBe(1);
  });

  it("writes again when the probe is certain that nothing had happened", async () => {
    const { journal, send, writes } = setUp();
    const options: OnceOptions<string> = { journal, probe: async () => ({ happened: false }) };
    expect(await codeOf(once("k", send(lost), options))).toBe("network");
    expect(await once("k", send(), options)).toEqual({ result: "sent", done: "now" });
    expect(writes()).toBe(2);
  });

  it("takes over from a process that died, by its probe alone", async () => {
    for (const happened of [true, false]) {
      const { journal, send, writes, clock } = setUp();
      await journal.start("k", { leaseMs: 1000 });
      const probe: OnceOptions<string>["probe"] = async () => (happened ? { happened, result: "found" } : { happened });
      expect(await codeOf(once("k", send(), { journal, probe }))).toBe("outcome_unknown");
      await clock.advance(1001);
      expect(await once("k", send(), { journal, probe })).toEqual(
        happened ? { result: "found", done: "found" } : { result: "sent", done: "now" },
      );
      expect(writes()).toBe(happened ? 0 : 1);
    }
  });
});
