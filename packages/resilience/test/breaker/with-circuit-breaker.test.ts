import { createContext, ghlError, type CallEvent, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withCircuitBreaker } from "../../src/index.ts";
import { Circuit } from "../../src/breaker/circuit.ts";
import { request } from "../simulated-platform.ts";

type Step = number | Error;

function setUp(failures = 3, openMs = 1000) {
  const clock = createManualClock();
  const events: CallEvent[] = [];
  let step: Step = 200;
  let sent = 0;
  const send: Send = async () => {
    sent += 1;
    if (typeof step !== "number") throw step;
    return new Response(null, { status: step });
  };
  const layer = withCircuitBreaker({ failures, openMs, clock });
  const breaker = layer(send);
  const call = (next: Step): Promise<unknown> => {
    step = next;
    return breaker(request, createContext({ emit: (event) => events.push(event) })).then(
      ({ status }) => status,
      (error: { code?: string }) => error.code,
    );
  };
  return { clock, events, call, sent: () => sent, state: () => layer.state("services.leadconnectorhq.com") };
}

const lost = ghlError("network", "lost", { sent: true });

describe("withCircuitBreaker", () => {
  test("opens after failures in a row, refuses at once, probes, and tells both", async () => {
    const { clock, events, call, sent, state } = setUp();
    for (const step of [503, lost, 500]) await call(step);
    expect(state()).toBe("open");
    expect(await call(200)).toBe("circuit_open");
    expect(sent()).toBe(3);
    await clock.advance(1000);
    expect(state()).toBe("half-open");
    expect(await call(200)).toBe(200);
    expect(state()).toBe("closed");
    expect(events.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  test("a probe that fails keeps it open for another while, without telling it again", async () => {
    const { clock, events, call } = setUp(1);
    await call(500);
    await clock.advance(1000);
    expect(await call(502)).toBe(502);
    expect(await call(200)).toBe("circuit_open");
    await clock.advance(1000);
    expect(await call(200)).toBe(200);
    expect(events.map(({ type }) => type)).toEqual(["opened", "closed"]);
  });

  test("refusals of the platform, aborts and our own refusals are no failures", async () => {
    const { call, state } = setUp(2);
    for (const step of [429, 404, 401, ghlError("aborted", "x", {}), ghlError("queue_full", "x", { depth: 1 }), 500, 200, 500])
      await call(step);
    expect(state()).toBe("closed");
  });

  test("hosts have a circuit each", async () => {
    const clock = createManualClock();
    const layer = withCircuitBreaker({ failures: 1, clock });
    const send = layer(async ({ url }) => new Response(null, { status: url.includes("bad") ? 500 : 200 }));
    await send({ ...request, url: "https://bad.example/x" }, createContext());
    expect((await send({ ...request, url: "https://good.example/x?y=//z" }, createContext())).status).toBe(200);
    expect([layer.state("bad.example"), layer.state("good.example")]).toEqual(["open", "closed"]);
  });
});

describe("Circuit", () => {
  test("never lets two probes through at once, and always lets one through in the end", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ after: fc.nat(300), judgement: fc.constantFrom("success", "failure", "neither" as const), hold: fc.boolean() }),
        ),
        (steps) => {
          const circuit = new Circuit({ failures: 2, openMs: 100 });
          let now = 0;
          const held: { probe: boolean; judgement: "success" | "failure" | "neither" }[] = [];
          for (const { after, judgement, hold } of steps) {
            now += after;
            const admission = circuit.enter(now);
            if (!admission.admitted) {
              expect(admission.retryAfterMs).toBeGreaterThan(0);
              continue;
            }
            held.push({ probe: admission.probe, judgement: judgement as "success" });
            expect(held.filter(({ probe }) => probe).length).toBeLessThanOrEqual(1);
            if (!hold) for (const one of held.splice(0)) circuit.leave(now, one.judgement, one.probe);
          }
          for (const one of held) circuit.leave(now, one.judgement, one.probe);
          expect(circuit.enter(now + 1_000).admitted).toBe(true);
        },
      ),
    );
  });
});
