import { describe, expect, test } from "vitest";
import { createEndpoint, type Endpoint } from "./endpoint.ts";

const dayMs = 86_400_000;
const url = "https://app.example/webhooks";

function setUp(circuitBreaker: Parameters<typeof createEndpoint>[0] = {}): Endpoint {
  return createEndpoint({ retry: "none", circuitBreaker: { moreThan: 10 }, ...circuitBreaker });
}

/** Sends so many, of which the first ones fail, and lets the days pass. */
async function send(
  endpoint: Endpoint,
  { count, failing, days = 3 }: { count: number; failing: number; days?: number },
): Promise<string | undefined> {
  endpoint.answers.push(...Array.from({ length: failing }, () => 500));
  for (let at = 0; at < count; at += 1) endpoint.emulator.webhooks.trigger("ContactUpdate");
  await endpoint.emulator.webhooks.settle();
  endpoint.answers.length = 0;
  await endpoint.emulator.clock.run(days * dayMs);
  return stateOf(endpoint);
}

const stateOf = ({ emulator }: Endpoint): string | undefined => emulator.webhooks.urls()[0]?.state;

describe("a URL that fails", () => {
  test("is warned at one look and paused at the next, until it is resumed", async () => {
    const endpoint = setUp();
    const { emulator, received } = endpoint;
    expect(await send(endpoint, { count: 20, failing: 3 })).toBe("warned");
    expect(await send(endpoint, { count: 20, failing: 3 })).toBe("paused");
    received.length = 0;
    expect(await send(endpoint, { count: 20, failing: 0, days: 30 })).toBe("paused");
    expect(received).toEqual([]);
    expect(emulator.webhooks.deliveries({ state: "dropped" }).map(({ faults, attempts }) => [...faults, ...attempts])).toEqual(
      Array.from({ length: 20 }, () => ["paused"]),
    );
    expect([emulator.webhooks.resume(url), emulator.webhooks.resume(url)]).toEqual([true, false]);
    await send(endpoint, { count: 1, failing: 0 });
    expect(received).toHaveLength(1);
  });

  test.each([
    [
      "for one time only",
      [
        { count: 20, failing: 3 },
        { count: 20, failing: 1 },
        { count: 20, failing: 3 },
      ],
      "warned",
    ],
    [
      "with a time without anything in between",
      [
        { count: 20, failing: 3 },
        { count: 0, failing: 0 },
        { count: 20, failing: 3 },
      ],
      "warned",
    ],
    [
      "with no more webhooks than are judged",
      [
        { count: 10, failing: 10 },
        { count: 10, failing: 10 },
      ],
      "healthy",
    ],
    [
      "less than a tenth",
      [
        { count: 20, failing: 2 },
        { count: 20, failing: 2 },
      ],
      "healthy",
    ],
  ] as const)("%s is not paused", async (_name, times, expected) => {
    const endpoint = setUp();
    let state: string | undefined;
    for (const time of times) state = await send(endpoint, time);
    expect(state).toBe(expected);
  });

  test("counts a delivery once, however often it is tried, as delivered when it comes through in the end", async () => {
    const endpoint = createEndpoint({ retry: "any-failure", circuitBreaker: { moreThan: 10 } });
    await send(endpoint, { count: 20, failing: 60, days: 1 });
    expect(endpoint.emulator.webhooks.urls()).toEqual([
      { url, state: "healthy", since: "2026-01-01T00:00:00.000Z", webhooks: 20, delivered: 20 },
    ]);
  });

  test("goes on where the breaker is off, and is judged by the documented figures by default", async () => {
    const off = setUp({ circuitBreaker: "off" });
    for (let time = 0; time < 3; time += 1) expect(await send(off, { count: 20, failing: 20 })).toBe("healthy");
    const byDefault = createEndpoint({ retry: "none" });
    for (let time = 0; time < 3; time += 1) await send(byDefault, { count: 20, failing: 20 });
    expect(stateOf(byDefault)).toBe("healthy");
  });

  test("does so alone: others are not paused with it, and a reset forgets it", async () => {
    const endpoint = setUp();
    const { emulator, received } = endpoint;
    await send(endpoint, { count: 20, failing: 20 });
    await send(endpoint, { count: 20, failing: 20 });
    emulator.webhooks.subscribe({ url: "https://app.example/invoices", events: ["InvoicePaid"] });
    received.length = 0;
    emulator.webhooks.trigger("InvoicePaid");
    await emulator.webhooks.settle();
    expect(received.map((one) => one.url)).toEqual(["https://app.example/invoices"]);
    emulator.reset();
    expect(emulator.webhooks.urls()).toEqual([]);
  });
});

test("from another process", async () => {
  const endpoint = setUp();
  const call = async (path: string, init?: RequestInit): Promise<unknown> =>
    (await endpoint.emulator.fetch(new Request(`http://emulator.example/_emulator/webhooks${path}`, init))).json();
  await send(endpoint, { count: 20, failing: 20 });
  await send(endpoint, { count: 20, failing: 20 });
  expect(await call("/urls")).toMatchObject({ urls: [{ url, state: "paused" }] });
  expect(await call("/resume", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ url }) })).toEqual(
    { resumed: true },
  );
  expect(await call("/urls")).toEqual({ urls: [] });
});
