import { createContext, ghlError, isGhlError, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { expect, test } from "vitest";
import { withRetry, type RetryOptions } from "../../src/index.ts";
import { listening, request } from "../simulated-platform.ts";

const write = { ...request, method: "POST" };
const lost = ghlError("network", "lost", { sent: true });
const lostAnswer: Send = () => Promise.reject(lost);

/** Sends a write that must not happen twice through a first attempt and those that follow it. */
async function send(options: RetryOptions, ...attempts: readonly Send[]) {
  const clock = createManualClock();
  const { context, events } = listening();
  let sent = 0;
  const through = withRetry({ clock, ...options })((wire, current) => (attempts[sent++] ?? lostAnswer)(wire, current));
  const ended = through(write, context).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    (error: unknown) => ({ error }),
  );
  await clock.advance(60_000);
  return { outcome: await ended, sent: () => sent, events };
}

const answered: Send = async () => new Response("from the platform");

test("what the probe finds is the answer", async () => {
  const { outcome, sent } = await send({ probe: async () => ({ happened: true, result: new Response("found") }) }, lostAnswer);
  expect(outcome).toEqual({ status: 200, text: "found" });
  expect(sent()).toBe(1);
});

test("what certainly did not happen is sent again", async () => {
  const { outcome, sent, events } = await send({ probe: async () => ({ happened: false }) }, lostAnswer, answered);
  expect(outcome).toEqual({ status: 200, text: "from the platform" });
  expect(sent()).toBe(2);
  expect(events.map(({ type }) => type)).toEqual(["retrying", "recovered"]);
});

test("a failing platform is looked after as a lost answer is", async () => {
  const failing: Send = async () => new Response(null, { status: 502 });
  const found = await send({ probe: async () => ({ happened: true, result: new Response("found") }) }, failing);
  expect(found.outcome).toEqual({ status: 200, text: "found" });
  const again = await send({ probe: async () => ({ happened: false }) }, failing, answered);
  expect([again.outcome, again.sent()]).toEqual([{ status: 200, text: "from the platform" }, 2]);
});

test("where nobody can tell, the outcome is unknown and nothing is sent again", async () => {
  const { outcome, sent } = await send({ probe: async () => undefined }, lostAnswer);
  expect(outcome).toMatchObject({ error: { code: "outcome_unknown", cause: lost } });
  expect(sent()).toBe(1);
});

test("a probe that fails cannot tell: both errors go along", async () => {
  const broken = new Error("the search is down");
  const { outcome, sent } = await send({ probe: () => Promise.reject(broken) }, lostAnswer);
  expect(outcome).toMatchObject({ error: { code: "outcome_unknown", cause: { errors: [lost, broken] } } });
  expect(sent()).toBe(1);
});

test("a write that never happens ends with the last failure, after as many attempts as are allowed", async () => {
  const { outcome, sent, events } = await send(
    { probe: async () => ({ happened: false }), maxAttempts: 3 },
    lostAnswer,
    lostAnswer,
    lostAnswer,
  );
  expect("error" in outcome && outcome.error).toBe(lost);
  expect(sent()).toBe(3);
  expect(events.at(-1)).toEqual({ type: "gave_up", attempts: 3, reason: "undone" });
});

test("reads, refusals and requests that never arrived are no question for the probe", async () => {
  let asked = 0;
  const probe = async (): Promise<undefined> => {
    asked += 1;
  };
  const clock = createManualClock();
  const through = withRetry({ clock, probe, maxAttempts: 1 });
  const outcomes = [
    through(lostAnswer)(request, createContext({})),
    through(() => Promise.reject(ghlError("network", "refused", { sent: false })))(write, createContext({})),
    through(async () => new Response(null, { status: 429 }))(write, createContext({})),
    through(async () => new Response(null, { status: 422 }))(write, createContext({})),
  ].map((outcome) =>
    outcome.then(
      ({ status }) => status,
      (error: unknown) => isGhlError(error) && error.code,
    ),
  );
  expect(await Promise.all(outcomes)).toEqual(["network", "network", 429, 422]);
  expect(asked).toBe(0);
});
