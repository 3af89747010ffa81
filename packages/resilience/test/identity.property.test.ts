import { operationTable } from "@ghlkit/contract";
import { compose, createContext, readBody, type CallContext, type Principal, type Send, type WireRequest } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withCache, withCircuitBreaker, withCollapsing, withDeadline, withRateLimit, withRetry } from "../src/index.ts";

const operation = operationTable.operation("opportunities.listPipelines");
const url = "https://services.leadconnectorhq.com/opportunities/pipelines";

/** A caller: what its calls carry, and whom the platform takes it for. */
interface Caller {
  readonly name: string;
  readonly principal: Principal | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const resources = ["loc-1", "loc-2"].map((resource) => ({ app: "private", kind: "location", resource }) as const);

const callers: readonly Caller[] = [
  ...["a", "b"].map((name) => ({ name: `header ${name}`, principal: undefined, headers: { authorization: `Bearer ${name}` } })),
  // Its fetch adds what nobody else sees, such as a cookie of its own.
  ...["a", "b"].map((name) => ({ name: `hidden ${name}`, principal: undefined, headers: {} })),
  ...["a", "b"].map((name) => ({ name: `cookie ${name}`, principal: undefined, headers: { cookie: `session=${name}` } })),
  ...resources.flatMap((resource) =>
    ["a", "b"].map((credential) => ({ name: `${resource.resource} ${credential}`, principal: { ...resource, credential }, headers: {} })),
  ),
  // Credentials that do not name themselves: the principal is the same, the token is not.
  ...["a", "b"].map((name) => ({ name: `unnamed ${name}`, principal: resources[0], headers: {} })),
  ...["a", "b"].map((name) => ({
    name: `both ${name}`,
    principal: { ...resources[0], credential: "a" } as Principal,
    headers: { authorization: `Bearer ${name}` },
  })),
];

function setUp() {
  const clock = createManualClock();
  const layers = [
    withDeadline({ totalMs: 1e6, clock }),
    withCache({ ttlMs: { "opportunities.listPipelines": 1e6 }, clock }),
    withCollapsing({ clock }),
    withRetry({ clock }),
    withRateLimit({ clock }),
    withCircuitBreaker({ clock }),
  ];
  /** Answers each caller with its own name, after a while. */
  const answer =
    (caller: Caller): Send =>
    () =>
      new Promise((resolve) => clock.after(10, () => resolve(Response.json({ caller: caller.name }))));
  const call = async (caller: Caller): Promise<string> => {
    // The layers are one and the same for all: only what is sent differs.
    current = caller;
    const context: CallContext = createContext({ operation, principal: caller.principal });
    const request: WireRequest = { method: "GET", url, headers: { version: "v3", ...caller.headers }, body: undefined };
    return (JSON.parse(await (await send(request, context)).text()) as { readonly caller: string }).caller;
  };
  let current: Caller | undefined;
  const send = compose(
    layers,
    readBody((request, context) => answer(current as Caller)(request, context)),
  );
  return { clock, call };
}

describe("a caller gets its own answer, whatever is shared", () => {
  test("however calls of many callers to one URL are mixed, at once or one after another", async () => {
    const steps = fc.array(fc.record({ caller: fc.nat(callers.length - 1), pauseMs: fc.constantFrom(0, 0, 5, 20) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, async (mixed) => {
        const { clock, call } = setUp();
        const answers: Promise<readonly [string, string]>[] = [];
        for (const { caller, pauseMs } of mixed) {
          const who = callers[caller] as Caller;
          answers.push(call(who).then((answer) => [who.name, answer]));
          if (pauseMs > 0) await clock.advance(pauseMs);
        }
        await clock.advance(1e6);
        for (const [asked, answered] of await Promise.all(answers)) expect(answered).toBe(asked);
      }),
      { numRuns: 200 },
    );
  });

  test("an empty credential names no caller, and parts of a name cannot be shifted", async () => {
    const principal = (resource: string, credential: unknown) => ({ app: "a", kind: "location", resource, credential }) as Principal;
    const { clock, call } = setUp();
    const named = [
      principal("L1 b", "c"),
      principal("L1", "b c"),
      principal("L1", null),
      principal("L1", ""),
      principal("L1", null),
      principal("L1", ""),
    ];
    const answers = named.map((one, at) => call({ name: String(at), principal: one, headers: {} }));
    await clock.advance(1e6);
    expect(await Promise.all(answers)).toEqual(named.map((_, at) => String(at)));
  });

  test("and one that is known still shares with itself", async () => {
    const { clock, call } = setUp();
    const known = callers.filter(({ principal, headers }) => principal?.credential !== undefined || "authorization" in headers);
    for (const caller of known) {
      const [first, second] = [call(caller), call(caller)];
      await clock.advance(100);
      expect([await first, await second]).toEqual([caller.name, caller.name]);
      // What is sent is answered after 10 ms: this one is there before.
      let third: string | undefined;
      void call(caller).then((answer) => (third = answer));
      await clock.advance(1);
      expect(third).toBe(caller.name);
    }
  });
});

describe("what one caller meets is no news of another", () => {
  const denied = (name: string) => ({ method: "GET", url, headers: { authorization: `Bearer ${name}` }, body: undefined });

  test("a circuit that opens for one token stays closed for the other", async () => {
    const clock = createManualClock();
    const send = withCircuitBreaker({ failures: 2, clock })(
      async ({ headers }) => new Response(null, { status: headers["authorization"] === "Bearer a" ? 500 : 200 }),
    );
    for (let count = 0; count < 2; count += 1) await send(denied("a"), createContext());
    await expect(send(denied("a"), createContext())).rejects.toMatchObject({ code: "circuit_open" });
    expect((await send(denied("b"), createContext())).status).toBe(200);
  });

  test("a full queue of one token, or its 429, holds up no call of the other", async () => {
    const clock = createManualClock();
    const send = withRateLimit({ limit: 1, maxQueue: 0, clock })(async ({ headers }) =>
      headers["authorization"] === "Bearer a" ? new Response(null, { status: 429 }) : new Response(),
    );
    await send(denied("a"), createContext());
    await expect(async () => send(denied("a"), createContext())).rejects.toMatchObject({ code: "queue_full" });
    expect((await send(denied("b"), createContext())).status).toBe(200);
  });
});
