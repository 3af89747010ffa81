import { operationTable } from "@ghlkit/contract";
import { classify, compose, createContext, ghlError, readBody, type CallContext } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, it } from "vitest";
import { mayHaveHappened } from "../../src/journal/may-have-happened.ts";
import { withCircuitBreaker, withRetry } from "../../src/index.ts";
import { principal, request } from "../simulated-platform.ts";

const put = operationTable.operation("contacts.update");
const post = operationTable.operation("contacts.createNote");
type Answer = number | Error;
const lost = (): Error => ghlError("network", "lost", { sent: true }, { attempts: 1 });

/** What a call fails with whose attempts end so, one after the other, behind a breaker that opens after one failure if told. */
async function failure(context: Partial<CallContext>, answers: readonly Answer[], opens = false): Promise<unknown> {
  const clock = createManualClock();
  let count = 0;
  const full = createContext({ principal, ...context });
  const layers = [
    withRetry({ clock, random: () => 0, maxAttempts: answers.length }),
    withCircuitBreaker({ clock, failures: opens ? 1 : 99 }),
  ];
  const send = compose(
    layers,
    readBody(async () => {
      const answer = answers[(count += 1) - 1] ?? 500;
      if (typeof answer !== "number") throw answer;
      return new Response(null, { status: answer });
    }),
  );
  const call = send({ ...request, method: "POST" }, full).then(
    (response) => classify(response, "", full, count),
    (error: unknown) => error,
  );
  await clock.advance(60_000);
  return call;
}

describe("mayHaveHappened", () => {
  it("believes a refusal of the first attempt", async () => {
    for (const operation of [put, post]) {
      expect(mayHaveHappened(await failure({ operation }, [422]))).toBe(false);
      expect(mayHaveHappened(await failure({ operation }, [ghlError("network", "refused", { sent: false }, { attempts: 1 })]))).toBe(false);
    }
    expect(mayHaveHappened(ghlError("queue_full", "full", { depth: 1 }, { operation: put?.id }))).toBe(false);
    expect(mayHaveHappened(ghlError("timeout", "no slot", { timeoutMs: 1, scope: "total", sent: false }))).toBe(false);
    expect(mayHaveHappened(ghlError("aborted", "ended in the queue", {}))).toBe(false);
  });

  it("does not believe a refusal after an attempt that may have been lost", async () => {
    const opened = await failure({ operation: put }, [lost(), 200], true);
    expect(opened).toMatchObject({ code: "circuit_open", attempts: 1 });
    expect(mayHaveHappened(opened)).toBe(true);
    for (const refusal of [422, 429, 404, ghlError("network", "refused", { sent: false }, { operation: put?.id, attempts: 2 })])
      expect(mayHaveHappened(await failure({ operation: put }, [lost(), refusal]))).toBe(true);
    const late = ghlError("timeout", "no slot", { timeoutMs: 1, scope: "total", sent: false }, { operation: put?.id, attempts: 1 });
    expect(mayHaveHappened(late)).toBe(true);
    // Nobody knows which operation it was.
    expect(mayHaveHappened(ghlError("circuit_open", "open", { retryAfterMs: 1 }, { attempts: 1 }))).toBe(true);
  });

  it("knows that an operation with an effect is repeated after refusals alone", async () => {
    for (const context of [{ operation: post }, { name: "POST /somewhere" }]) {
      const refused = await failure(context, [429, 429, 422]);
      expect(refused).toMatchObject({ code: "validation", attempts: 3 });
      expect(mayHaveHappened(refused)).toBe(false);
    }
  });

  it("takes what it cannot know for possible", async () => {
    expect(mayHaveHappened(new TypeError("a bug after the call"))).toBe(true);
    for (const answer of [500, lost(), ghlError("timeout", "late", { timeoutMs: 1, scope: "total", sent: true })])
      expect(mayHaveHappened(await failure({ operation: post }, [answer]))).toBe(true);
    expect(mayHaveHappened(ghlError("aborted", "ended under way", {}, { attempts: 1 }))).toBe(true);
  });
});
