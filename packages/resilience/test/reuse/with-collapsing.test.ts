import { createContext, readBody, type CallEvent, type Principal, type Send } from "@ghlkit/core";
import { describe, expect, test } from "vitest";
import { withCollapsing } from "../../src/index.ts";
import { principal, request } from "../simulated-platform.ts";

/** Answers when told, and knows who asked. */
function platform() {
  const waiting: { resolve: (text: string) => void; signal: AbortSignal | undefined }[] = [];
  const send: Send = (_, { signal }) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve: (text) => resolve(new Response(text)), signal });
      signal?.addEventListener("abort", () => reject(new Error("ended")));
    });
  return { waiting, send: withCollapsing()(readBody(send)) };
}

const context = (fields: Parameters<typeof createContext>[0] = {}) => createContext({ principal, ...fields });

describe("withCollapsing", () => {
  test("identical reads under way share one execution and can each read the body", async () => {
    const { waiting, send } = platform();
    const events: CallEvent[] = [];
    const calls = [1, 2, 3].map(() => send(request, context({ emit: (event) => events.push(event) })));
    expect(waiting).toHaveLength(1);
    waiting[0]?.resolve('{"a":1}');
    expect(await Promise.all((await Promise.all(calls)).map((response) => response.json()))).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
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

  test("a failure reaches everybody who waits", async () => {
    const send = withCollapsing()(() => Promise.reject(new Error("boom")));
    const outcomes = await Promise.allSettled([send(request, context()), send(request, context())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
