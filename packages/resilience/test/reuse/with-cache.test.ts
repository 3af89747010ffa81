import { operationTable } from "@ghlkit/contract";
import { createContext, readBody, type CallEvent, type Principal } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import { describe, expect, test } from "vitest";
import { referenceData, withCache, type CacheOptions } from "../../src/index.ts";
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
    (await send({ ...request, url }, createContext({ operation, principal: who, emit: (event) => events.push(event) }))).json();
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
    const dated = new Set(["users.list"]);
    expect(Object.keys(referenceData).filter((id) => operationTable.operation(id) === undefined && !dated.has(id))).toEqual([]);
  });
});
