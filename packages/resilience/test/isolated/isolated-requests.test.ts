import { createContext, ghlError, type CallContext, type Send, type WireRequest } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { createMemoryStorage } from "@ghlkit/storage";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withCircuitBreaker, withCollapsing, withRateLimit } from "../../src/index.ts";

const get: WireRequest = { method: "GET", url: "https://services.leadconnectorhq.com/x", headers: {}, body: undefined };
const principal = { app: "a", kind: "location", resource: "loc-1", credential: "one" } as const;
const never = new Promise<Response>(() => {});

/** What the call is made in: a request whose timers end with it. */
function requestOn(clock: ReturnType<typeof createManualClock>) {
  let isOver = false;
  const after: typeof clock.after = (ms, action) => clock.after(ms, () => (isOver ? undefined : action()));
  return { after, end: () => (isOver = true) };
}

/** A clock whose timers belong to the request that is current when they are set, as in Cloudflare Workers. */
function isolatedClock() {
  const clock = createManualClock();
  let current = requestOn(clock);
  const within = { ...clock, after: (ms: number, action: () => void) => current.after(ms, action) };
  const inRequest = <Result>(work: () => Result): { readonly result: Result; readonly end: () => void } => {
    const request = requestOn(clock);
    current = request;
    return { result: work(), end: request.end };
  };
  return { clock, within, inRequest };
}

const context = (fields: Partial<CallContext> = {}): CallContext => createContext({ principal, timeoutMs: 1000, ...fields });

describe("where requests are isolated", () => {
  beforeEach(() => {
    vi.stubGlobal("WebSocketPair", class {});
    vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ["a limiter of this process", false],
    ["a shared window", true],
  ])("%s serves those that wait though the request before them has ended", async (_, isShared) => {
    const { clock, within, inRequest } = isolatedClock();
    const window = createMemoryStorage({ clock }).rates;
    const shared = isShared ? { window, shared: { leaseMs: 2000 } } : {};
    const limiter = withRateLimit({ clock: within, limit: 1, windowMs: 500, ...shared });
    const answers: string[] = [];
    const answering: Send = async () => new Response("yes");
    const first = inRequest(() => limiter(() => never)(get, context()));
    await clock.advance(10);
    // It waits, and its request ends in the queue.
    const second = inRequest(() => limiter(answering)(get, context()));
    const third = inRequest(() => limiter(answering)(get, context()));
    void third.result.then(async (response) => answers.push(await response.text()));
    void second.result;
    first.end();
    second.end();
    for (let step = 0; step < 200 && answers.length === 0; step += 1) await clock.advance(100);
    expect(answers).toEqual(["yes"]);
  });

  it("an answer is nobody else's, so that nobody waits for a read that may have ended", async () => {
    const collapsing = withCollapsing();
    let sent = 0;
    const send = collapsing(() => ((sent += 1) === 1 ? never : Promise.resolve(new Response("own"))));
    void send(get, context());
    expect(await (await send(get, context())).text()).toBe("own");
    expect(sent).toBe(2);
  });

  it("a probe whose request has ended holds the circuit open for a minute at most", async () => {
    const clock = createManualClock();
    const breaker = withCircuitBreaker({ clock, failures: 1, openMs: 100 });
    const failing: Send = () => Promise.reject(ghlError("network", "lost", { sent: true }, {}));
    await expect(breaker(failing)(get, context())).rejects.toThrow("lost");
    await clock.advance(100);
    void breaker(() => never)(get, context());
    await expect(breaker(async () => new Response("back"))(get, context())).rejects.toMatchObject({ code: "circuit_open" });
    await clock.advance(60_000);
    expect(await (await breaker(async () => new Response("back"))(get, context())).text()).toBe("back");
  });
});
