import { describe, expect, it } from "vitest";
import { createContext, ghlError, isGhlError } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage, type Journal } from "@ghlkit/storage";
import { once, withRateLimit, type OnceOptions } from "../../src/index.ts";
import { principal, request } from "../simulated-platform.ts";

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
    expect(outcomes.filter((outcome) => outcome === "in_progress").length).toBe(9);
    expect(writes()).toBe(1);
  });

  it("tells a write that is under way elsewhere from one of which nothing is known", async () => {
    const { journal, send, clock } = setUp();
    let end!: () => void;
    const running = once("k", () => new Promise<string>((resolve) => (end = () => resolve("sent"))), { journal, clock, leaseMs: 9_000 });
    await clock.advance(1_000);
    await expect(once("k", send(), { journal, clock })).rejects.toMatchObject({ code: "in_progress", leaseMs: 8_000 });
    await clock.advance(60_000);
    // Its lease is renewed for as long as it runs.
    await expect(once("k", send(), { journal, clock })).rejects.toMatchObject({ code: "in_progress" });
    end();
    expect(await running).toEqual({ result: "sent", done: "now" });
    expect(await once("k", send(), { journal, clock })).toEqual({ result: "sent", done: "before" });
    expect(await codeOf(once("other", send(lost), { journal, clock }))).toBe("outcome_unknown");
    expect(await codeOf(once("other", send(), { journal, clock }))).toBe("outcome_unknown");
  });

  it("never repeats a write that was accepted, whatever a probe sees", async () => {
    const { journal, send, writes } = setUp();
    const options: OnceOptions<string> = { journal, probe: async () => ({ happened: false }) };
    const accepted = send(() => {
      throw ghlError("invalid_response", "no JSON", { status: 201, accepted: true });
    });
    expect(await codeOf(once("k", accepted, options))).toBe("invalid_response");
    expect(await once("k", send(), options)).toEqual({ result: undefined, done: "before" });
    expect(writes()).toBe(1);
  });

  it("hands its lease back when the result cannot be kept", async () => {
    const { journal, send } = setUp();
    expect(await codeOf(once("k", async () => 1n, { journal }))).toBe("invalid_request");
    expect(await codeOf(once("k", send(), { journal }))).toBe("outcome_unknown");
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

  it("says so when the probe is certain that nothing had happened, whatever the write said", async () => {
    for (const code of ["outcome_unknown", "network"] as const) {
      const { journal, send } = setUp();
      const write = send(() => {
        throw code === "network" ? ghlError(code, "lost", { sent: true }) : ghlError(code, "It may have happened.", {});
      });
      const error: unknown = await once("k", write, { journal, probe: async () => ({ happened: false }) }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: "network", sent: false, cause: { code } });
      expect(String(error)).toContain("did not happen");
      expect(await journal.unfinished()).toEqual([]);
      expect(await once("k", send(), { journal })).toEqual({ result: "sent", done: "now" });
    }
  });

  it("does not write again when the probe cannot tell or fails", async () => {
    const probes: NonNullable<OnceOptions<string>["probe"]>[] = [
      async () => undefined,
      () => Promise.reject(ghlError("validation", "no", { status: 422, fields: [] })),
    ];
    for (const probe of probes) {
      const { clock, journal, send, writes } = setUp();
      const options = { journal, probe };
      expect(await codeOf(once("k", send(lost), options))).toBe("outcome_unknown");
      await clock.advance(600_000);
      expect(await codeOf(once("k", send(), options))).toBe("outcome_unknown");
      expect([writes(), (await journal.unfinished()).length]).toEqual([1, 1]);
    }
  });

  it("keeps its lease while a write waits in the limiter", async () => {
    const { clock, journal } = setUp();
    const platform: string[] = [];
    const send = (name: string) => {
      const sendOne = withRateLimit({ clock, limit: 10 })(async () => new Response());
      const context = createContext({ principal, priority: "bulk" });
      for (let waiting = 0; waiting < 150; waiting += 1) void sendOne(request, context);
      return async () => {
        await sendOne({ ...request, method: "POST" }, context);
        return platform.push(name);
      };
    };
    const probe: OnceOptions<number>["probe"] = async () => (platform.length === 0 ? { happened: false } : { happened: true, result: 1 });
    const options: OnceOptions<number> = { journal, probe, clock, leaseMs: 60_000 };
    const first = once("k", send("first"), options);
    await clock.advance(70_000);
    expect(platform).toEqual([]);
    const second = codeOf(once("k", send("second"), options));
    await clock.advance(400_000);
    expect([platform, (await first).done, await second]).toEqual([["first"], "now", "in_progress"]);
    expect(clock.pending()).toBe(0);
  });

  describe("lease", () => {
    /** A write that ends when told, in a process whose journal can be cut off. */
    function writing() {
      const { clock, journal } = setUp();
      let renewals = 0;
      let isCutOff = false;
      const flaky: Journal = {
        ...journal,
        extend: async (...args) => {
          renewals += 1;
          if (isCutOff) throw ghlError("storage", "unreachable", { reason: "unavailable" });
          return journal.extend(...args);
        },
      };
      const end: { with?: (text: string) => void; signal?: AbortSignal } = {};
      const done = once(
        "k",
        ({ signal }) =>
          new Promise<string>((resolve, reject) => {
            Object.assign(end, { with: resolve, signal });
            signal.addEventListener("abort", () => reject(ghlError("aborted", "ended", {})));
          }),
        { journal: flaky, clock, leaseMs: 3000 },
      );
      return { clock, journal, end, done, cutOff: (cut: boolean) => (isCutOff = cut), renewals: () => renewals };
    }

    it("is renewed at each third, and no longer than the write runs", async () => {
      const { clock, journal, end, done, renewals } = writing();
      await clock.advance(2999);
      expect(renewals()).toBe(2);
      await clock.advance(60_001);
      expect(renewals()).toBe(63);
      expect((await journal.get("k"))?.leaseEndsAt).toBe(clock.now() + 3000);
      end.with?.("there");
      expect(await done).toEqual({ result: "there", done: "now" });
      expect(clock.pending()).toBe(0);
    });

    it("survives renewals that fail, unless all of a lease do", async () => {
      const { clock, journal, end, done, cutOff } = writing();
      const code = codeOf(done);
      cutOff(true);
      await clock.advance(1999);
      cutOff(false);
      await clock.advance(1);
      cutOff(true);
      await clock.advance(2999);
      expect(end.signal?.aborted).toBe(false);
      await clock.advance(1);
      expect(end.signal?.aborted).toBe(true);
      // The call was still waiting: it certainly was not sent.
      expect(await code).toBe("aborted");
      expect(await journal.get("k")).toBeUndefined();
    });

    it("that somebody else has ends the write", async () => {
      const { clock, journal, end, done, cutOff } = writing();
      const code = codeOf(done);
      cutOff(true);
      await clock.advance(2500);
      // Their clock is ahead of this one.
      await journal.abandon("k", { attempt: 1 });
      await journal.start("k", { leaseMs: 3000 });
      await journal.extend("k", { attempt: 1, leaseMs: 1 });
      await clock.advance(1);
      expect(await journal.start("k", { leaseMs: 3000, after: 1 })).toEqual({ started: true, attempt: 2 });
      cutOff(false);
      await clock.advance(499);
      expect(end.signal?.aborted).toBe(true);
      expect(await code).toBe("aborted");
      expect((await journal.get("k"))?.attempt).toBe(2);
      expect(clock.pending()).toBe(0);
    });
  });

  it("takes over from a process that died, by its probe alone", async () => {
    for (const happened of [true, false]) {
      const { journal, send, writes, clock } = setUp();
      await journal.start("k", { leaseMs: 1000 });
      const probe: OnceOptions<string>["probe"] = async () => (happened ? { happened, result: "found" } : { happened });
      expect(await codeOf(once("k", send(), { journal, probe }))).toBe("in_progress");
      await clock.advance(1001);
      expect(await once("k", send(), { journal, probe })).toEqual(
        happened ? { result: "found", done: "found" } : { result: "sent", done: "now" },
      );
      expect(writes()).toBe(happened ? 0 : 1);
    }
  });
});
