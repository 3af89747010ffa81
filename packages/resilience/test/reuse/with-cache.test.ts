import { operationTable } from "@ghlkit/contract";
import {
  answerJson,
  compose,
  createContext,
  ghlError,
  readBody,
  sleep,
  type CallContext,
  type CallEvent,
  type Principal,
} from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { referenceData, withCache, withCollapsing, type CacheOptions } from "../../src/index.ts";
import { principal, request } from "../simulated-platform.ts";

const pipelines = operationTable.operation("opportunities.listPipelines");
const other: Principal = { ...principal, resource: "loc-2" };

function setUp(options: Partial<CacheOptions> = {}, status = 200) {
  const clock = createManualClock();
  const events: CallEvent[] = [];
  let sent = 0;
  const cache = withCache({ ttlMs: { "opportunities.listPipelines": 1000 }, clock, ...options });
  const send = cache(
    readBody(async () => {
      sent += 1;
      return new Response(`{"n":${sent}}`, { status });
    }),
  );
  const get = async (url = request.url, who = principal, operation = pipelines): Promise<unknown> =>
    answerJson(
      await send({ ...request, url }, createContext({ operation, principal: who, emit: (event) => events.push(event) })),
      createContext(),
    );
  return { clock, events, cache, get, sent: () => sent };
}

describe("withCache", () => {
  test("answers from memory while fresh, and reads again after", async () => {
    const { clock, events, get } = setUp();
    expect([await get(), await get()]).toEqual([{ n: 1 }, { n: 1 }]);
    await clock.advance(999);
    expect(await get()).toEqual({ n: 1 });
    await clock.advance(1);
    expect(await get()).toEqual({ n: 2 });
    expect(events).toEqual([
      { type: "cached", ageMs: 0 },
      { type: "cached", ageMs: 999 },
    ]);
  });

  test.each([
    ["a page of HTML", "<html>Back soon</html>"],
    ["no body", ""],
    ["null", "null"],
  ])("does not keep %s that came with 200", async (_, body) => {
    const bodies = [body, '{"pipelines":[]}'];
    const send = withCache({ ttlMs: { "opportunities.listPipelines": 1000 } })(readBody(async () => new Response(bodies.shift())));
    const get = async (): Promise<string> => (await send(request, createContext({ operation: pipelines, principal }))).text();
    expect([await get(), await get(), await get()]).toEqual([body, '{"pipelines":[]}', '{"pipelines":[]}']);
  });

  test("never serves another tenant, another URL, a failure or an operation that is not named", async () => {
    const { get, sent } = setUp();
    await get();
    await get(request.url, other);
    await get("https://services.leadconnectorhq.com/y");
    await get(request.url, principal, operationTable.operation("contacts.get"));
    expect(sent()).toBe(4);
    const failing = setUp({}, 500);
    await failing.get();
    await failing.get();
    expect(failing.sent()).toBe(2);
  });

  test("drops what it is told to drop", async () => {
    const { cache, get, sent } = setUp();
    await get();
    await get(request.url, other);
    expect(cache.invalidate({ principal: other })).toBe(1);
    await get();
    expect(sent()).toBe(2);
    expect(cache.invalidate({ operation: "contacts.get" })).toBe(0);
    expect(cache.invalidate()).toBe(1);
    await get();
    expect(sent()).toBe(3);
  });

  describe("after a write", () => {
    const write = operationTable.operation("opportunities.create");
    /** Reads return what was last written; each call takes 100 ms, a write has its effect halfway. */
    function store() {
      const clock = createManualClock();
      let value = "old";
      let sent = 0;
      const cache = withCache({ ttlMs: { "opportunities.listPipelines": 300_000 }, clock });
      const send = compose(
        [cache, withCollapsing()],
        readBody(async ({ method, body }, context) => {
          sent += 1;
          const answer = value;
          await sleep(50, undefined, clock);
          const status = context.name === "refused" ? 422 : 200;
          if (method !== "GET" && status === 200) value = String(body);
          await sleep(50, undefined, clock);
          if (context.name === "lost") throw ghlError("network", "lost", { sent: true });
          return Response.json([answer], { status });
        }),
      );
      const read = async (fields: Partial<CallContext> = {}): Promise<unknown> => {
        const response = await send(request, createContext({ operation: pipelines, principal, ...fields }));
        return (JSON.parse(await response.text()) as readonly unknown[])[0];
      };
      const set = (body: string, fields: Partial<CallContext> = {}): Promise<unknown> =>
        send({ ...request, method: "POST", body }, createContext({ operation: write, principal, ...fields })).catch(() => undefined);
      /** Lets time pass until all of these have ended. */
      const ended = async <Result>(...calls: readonly Promise<Result>[]): Promise<Result[]> => {
        const all = Promise.all(calls);
        await clock.advance(1000);
        return all;
      };
      return { clock, cache, read, set, ended, sent: () => sent };
    }

    test("of its own service and principal it answers from the platform", async () => {
      const { read, set, ended } = store();
      await ended(read());
      await ended(set("new"));
      expect(await ended(read())).toEqual(["new"]);
      await ended(set("lost", { name: "lost" }));
      expect(await ended(read())).toEqual(["lost"]);
      await ended(set("raw", { operation: undefined }));
      expect(await ended(read())).toEqual(["raw"]);
    });

    test("that was refused, or is of another principal or service, or no write, it goes on", async () => {
      const { read, set, ended, sent } = store();
      await ended(read());
      await ended(set("x", { name: "refused" }));
      await ended(set("y", { principal: other }));
      await ended(set("z", { operation: operationTable.operation("contacts.create") }));
      await ended(set("z", { operation: operationTable.operation("opportunities.searchAdvanced") }));
      expect(sent()).toBe(5);
      expect(await ended(read())).toEqual(["old"]);
      expect(sent()).toBe(5);
    });

    test("keeps no answer of a read that began before it, and shares none", async () => {
      for (const isOwn of [true, false]) {
        const { clock, cache, read, set, ended } = store();
        const slow = read();
        await clock.advance(10);
        const writing = set("new", isOwn ? {} : { operation: operationTable.operation("contacts.create") });
        const midway = read();
        await clock.advance(80);
        if (!isOwn) expect(cache.invalidate()).toBe(0);
        const late = isOwn ? undefined : read();
        expect(await ended(slow, midway, ...(late === undefined ? [] : [late]))).toEqual(["old", "old", ...(isOwn ? [] : ["new"])]);
        await writing;
        expect(await ended(read())).toEqual(["new"]);
      }
    });

    test("a read that begins when it is done shares none that began before", async () => {
      const { clock, read, set, ended } = store();
      const writing = set("new");
      await clock.advance(40);
      const early = read();
      await clock.advance(60);
      expect(await ended(early, read())).toEqual(["old", "new"]);
      await writing;
      expect(await ended(read())).toEqual(["new"]);
    });

    test("of another client shows in a fresh read, which is kept", async () => {
      const { read, set, ended, sent } = store();
      await ended(read());
      await ended(set("new", { operation: operationTable.operation("contacts.create") }));
      expect(await ended(read())).toEqual(["old"]);
      expect(await ended(read({ fresh: true }))).toEqual(["new"]);
      expect(await ended(read())).toEqual(["new"]);
      expect(sent()).toBe(3);
      await ended(read({ fresh: true }), read({ fresh: true }));
      expect(sent()).toBe(5);
    });
  });

  test("keeps no more than it may, and drops the longest unused first", async () => {
    const { get, sent } = setUp({ maxEntries: 2 });
    const url = (name: string): string => `https://services.leadconnectorhq.com/${name}`;
    await get(url("a"));
    await get(url("b"));
    await get(url("a"));
    await get(url("c"));
    await get(url("a"));
    expect(sent()).toBe(3);
    await get(url("b"));
    expect(sent()).toBe(4);
  });

  test("knows the reference data by ids that exist", () => {
    const v2 = new Set(["users.list"]);
    expect(Object.keys(referenceData).filter((id) => operationTable.operation(id) === undefined && !v2.has(id))).toEqual([]);
  });
});
