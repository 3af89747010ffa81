import { operationTable } from "@ghlkit/contract";
import { answerJson, compose, createContext, readBody, type CallEvent, type Clock, type Principal, type Send } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { withCollapsing, withDeadline, withRateLimit } from "../../src/index.ts";
import { principal, request } from "../simulated-platform.ts";

/** Answers when told, and knows who asked. */
function platform(clock?: Clock) {
  const waiting: { resolve: (text: string) => void; signal: AbortSignal | undefined }[] = [];
  const send: Send = (_, { signal }) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve: (text) => resolve(new Response(text)), signal });
      signal?.addEventListener("abort", () => reject(new Error("ended")));
    });
  return { waiting, send: withCollapsing(clock === undefined ? {} : { clock })(readBody(send)) };
}

const context = (fields: Parameters<typeof createContext>[0] = {}) => createContext({ principal, ...fields });

describe("withCollapsing", () => {
  test("identical reads under way share one execution and can each read the body", async () => {
    const { waiting, send } = platform();
    const events: CallEvent[] = [];
    const calls = [1, 2, 3].map(() => send(request, context({ emit: (event) => events.push(event) })));
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve('{"a":1}');
    expect(await Promise.all((await Promise.all(calls)).map((response) => answerJson(response, createContext())))).toEqual([
      { a: 1 },
      { a: 1 },
      { a: 1 },
    ]);
    expect(events.map(({ type }) => type)).toEqual(["collapsed", "collapsed"]);
  });

  test("nothing is shared with a later call, another tenant, other credentials, another lane, another Version, or a write", async () => {
    const { waiting, send } = platform();
    const other: Principal = { ...principal, resource: "loc-2" };
    void send(request, context());
    void send(request, context({ principal: other }));
    void send(request, context({ principal: { ...principal, credential: "another" } }));
    void send(request, context({ priority: "bulk" }));
    void send({ ...request, headers: { version: "v3" } }, context());
    void send({ ...request, method: "POST" }, context());
    void send({ ...request, method: "POST" }, context());
    expect(waiting).toHaveLength(7);
    for (const one of waiting) one.resolve("");
    await new Promise((resolve) => setTimeout(resolve, 1));
    void send(request, context());
    expect(waiting).toHaveLength(8);
    waiting[7]?.resolve("");
  });

  test("an abort ends its caller's wait alone; the execution ends when nobody waits", async () => {
    const { waiting, send } = platform();
    const [first, second] = [new AbortController(), new AbortController()];
    const codes = [first, second].map(({ signal }) =>
      send(request, context({ signal })).then(
        () => "answered",
        (error: { code?: string }) => error.code,
      ),
    );
    first.abort();
    expect(await codes[0]).toBe("aborted");
    expect(waiting[0]?.signal?.aborted).toBe(false);
    second.abort();
    expect(await codes[1]).toBe("aborted");
    expect(waiting[0]?.signal?.aborted).toBe(true);
    void send(request, context());
    expect(waiting).toHaveLength(2);
    waiting[1]?.resolve("");
  });

  test("an execution whose first caller cannot be aborted goes on when another is", async () => {
    const { waiting, send } = platform();
    const first = send(request, context());
    const second = new AbortController();
    const joined = send(request, context({ signal: second.signal }));
    second.abort();
    await expect(joined).rejects.toMatchObject({ code: "aborted" });
    waiting[0]?.resolve("there");
    expect(await (await first).text()).toBe("there");
  });

  test("nobody gets less time than its own, or a timeout that is not its own", async () => {
    const clock = createManualClock();
    const { waiting, send } = platform(clock);
    const ask = (fields: Parameters<typeof createContext>[0]): number => {
      send(request, context(fields)).catch(() => undefined);
      return waiting.length;
    };
    const at = (ms: number): { readonly deadline: number } => ({ deadline: clock.now() + ms });
    expect(ask(at(2000))).toBe(1);
    // Some of it may go for sharing: one of 2,100 ms has 5 % less so, one of 2,106 would have more.
    expect([ask(at(1000)), ask(at(2000)), ask(at(2105))]).toEqual([1, 1, 1]);
    expect(ask(at(2106))).toBe(2);
    expect(ask({})).toBe(3);
    expect([ask({}), ask(at(1)), ask(at(60_000))]).toEqual([3, 3, 3]);
    expect(ask({ timeoutMs: 5 })).toBe(4);
    for (const one of waiting) one.resolve("");
    await clock.advance(0);
    expect(clock.pending()).toBe(0);
  });

  test("a deadline ends its own caller's wait alone", async () => {
    const clock = createManualClock();
    const { waiting, send } = platform(clock);
    const first = send(request, context());
    const second = send(request, context({ deadline: clock.now() + 500 })).catch((error: unknown) => error);
    const third = send(request, context({ deadline: clock.now() + 2000 }));
    await clock.advance(499);
    expect(clock.pending()).toBe(2);
    await clock.advance(1);
    expect(await second).toMatchObject({ code: "timeout", scope: "total", timeoutMs: 500 });
    waiting[0]?.resolve("there");
    expect(await Promise.all([(await first).text(), (await third).text()])).toEqual(["there", "there"]);
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.signal).toBeUndefined();
    await clock.advance(0);
    expect(clock.pending()).toBe(0);
  });

  test("a call without a deadline waits for its slot beside one that cannot", async () => {
    const clock = createManualClock();
    const limiter = withRateLimit({ clock, limit: 1 });
    const send = compose([withDeadline({ clock }), withCollapsing({ clock }), limiter], async () => new Response("there"));
    await send({ ...request, method: "POST" }, context());
    const outcomes = [context({ deadline: clock.now() + 2000 }), context()].map((one) =>
      send(request, one).then(
        (response) => response.text(),
        (error: { code?: string }) => error.code,
      ),
    );
    await clock.advance(20_000);
    expect(await Promise.all(outcomes)).toEqual(["timeout", "there"]);
  });

  test("nobody joins a read that began before a write to its service ended, or joins one when asking for a fresh one", async () => {
    const { waiting, send } = platform();
    const operation = operationTable.operation("contacts.get");
    const ask = (fields: Parameters<typeof createContext>[0] = {}): number => {
      void send(request, context({ operation, ...fields }));
      return waiting.length;
    };
    const write = async (id: string): Promise<unknown> => {
      const sent = send({ ...request, method: "POST" }, context({ operation: operationTable.operation(id) }));
      waiting.splice(-1)[0]?.resolve("");
      return sent;
    };
    expect([ask(), ask()]).toEqual([1, 1]);
    await write("opportunities.create");
    expect(ask()).toBe(1);
    await write("contacts.create");
    expect([ask(), ask()]).toEqual([2, 2]);
    expect([ask({ fresh: true }), ask({ fresh: true }), ask()]).toEqual([3, 4, 4]);
    for (const one of waiting) one.resolve("");
  });

  test("a failure reaches everybody who waits", async () => {
    const send = withCollapsing()(() => Promise.reject(new Error("boom")));
    const outcomes = await Promise.allSettled([send(request, context()), send(request, context())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
