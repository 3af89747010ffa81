import { describe, expect, test } from "vitest";
import { createEndpoint, type Endpoint } from "./endpoint.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Emulated times of the attempts, in milliseconds since the first one. */
async function attemptsOf(endpoint: Endpoint, runMs: number): Promise<readonly number[]> {
  endpoint.emulator.webhooks.trigger("ContactCreate");
  await endpoint.emulator.clock.run(runMs, { patienceMs: 30 });
  return endpoint.received.map(({ atMs }) => atMs);
}

function gaps(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

const stateOf = ({ emulator }: Endpoint) => emulator.webhooks.deliveries()[0]?.state;

describe("429-only", () => {
  test("six more times, ten minutes and some apart, the same bytes", async () => {
    const endpoint = createEndpoint({ retry: "429-only" });
    endpoint.answers.push(...Array.from({ length: 20 }, () => 429));
    const times = await attemptsOf(endpoint, dayMs);
    expect(times).toHaveLength(7);
    for (const gap of gaps(times)) {
      expect(gap).toBeGreaterThanOrEqual(10 * minuteMs);
      expect(gap).toBeLessThan(12 * minuteMs);
    }
    expect(stateOf(endpoint)).toBe("failed");
    expect(new Set(endpoint.received.map(({ bytes }) => Buffer.from(bytes).toString()))).toHaveProperty("size", 1);
    expect(new Set(endpoint.received.map(({ headers }) => headers.get("x-ghl-signature"))).size).toBe(1);
  });

  test.each([500, 404, 301, "error"] as const)("%s is final", async (answer) => {
    const endpoint = createEndpoint({ retry: "429-only" });
    endpoint.answers.push(answer);
    expect(await attemptsOf(endpoint, dayMs)).toHaveLength(1);
    expect(stateOf(endpoint)).toBe("failed");
  });
});

describe("any-failure", () => {
  test("twelve more times, backing off to ten minutes", async () => {
    const endpoint = createEndpoint({ retry: "any-failure" });
    endpoint.answers.push(...Array.from({ length: 20 }, () => 503));
    const waits = gaps(await attemptsOf(endpoint, dayMs));
    expect(waits).toHaveLength(12);
    for (const [index, wait] of waits.entries()) {
      const planned = Math.min(5000 * 2 ** index, 10 * minuteMs);
      expect(wait).toBeGreaterThanOrEqual(planned * 0.8 - 1);
      expect(wait).toBeLessThanOrEqual(planned * 1.2 + 1);
    }
  });

  test("redirects, refused connections and timeouts count, the first 2xx ends it", async () => {
    const endpoint = createEndpoint({ timeoutMs: 7000 });
    endpoint.answers.push(301, "error", "hang", 201);
    expect(await attemptsOf(endpoint, dayMs)).toHaveLength(4);
    const [delivery] = endpoint.emulator.webhooks.deliveries();
    expect(delivery).toMatchObject({
      state: "delivered",
      attempts: [{ status: 301 }, { error: "ECONNREFUSED" }, { error: "no answer within 7000 ms" }, { number: 4, status: 201 }],
    });
  });

  test("the jitter follows from the seed", async () => {
    const run = (seed: string) => {
      const endpoint = createEndpoint({}, { seed });
      endpoint.answers.push(...Array.from({ length: 20 }, () => 500));
      return attemptsOf(endpoint, dayMs);
    };
    expect(await run("a")).toEqual(await run("a"));
    expect(await run("a")).not.toEqual(await run("b"));
  });
});

describe("429-and-three-days", () => {
  test("429 as before", async () => {
    const endpoint = createEndpoint({ retry: "429-and-three-days" });
    endpoint.answers.push(...Array.from({ length: 20 }, () => 429));
    expect(await attemptsOf(endpoint, 4 * dayMs)).toHaveLength(7);
  });

  test("other failures for three days and no longer", async () => {
    const endpoint = createEndpoint({ retry: "429-and-three-days" });
    endpoint.answers.push(...Array.from({ length: 500 }, () => 500));
    const times = await attemptsOf(endpoint, 5 * dayMs);
    expect(times.at(-1)).toBeLessThanOrEqual(3 * dayMs);
    expect(times.at(-1)).toBeGreaterThan(2.9 * dayMs);
    expect(stateOf(endpoint)).toBe("failed");
  });
});

test("none: one attempt; a function: whatever it says", async () => {
  const none = createEndpoint({ retry: "none" });
  none.answers.push(429);
  expect(await attemptsOf(none, dayMs)).toHaveLength(1);
  const own = createEndpoint({ retry: ({ attempts }) => (attempts < 3 ? 1000 : undefined) });
  own.answers.push(500, 500, 500, 500);
  expect(await attemptsOf(own, dayMs)).toEqual([0, 1000, 2000]);
});

test("a leap of the clock fires what is due, once", async () => {
  const { emulator, received, answers } = createEndpoint();
  answers.push(500, 500);
  emulator.webhooks.trigger("ContactCreate");
  await emulator.webhooks.settle();
  emulator.clock.advance(dayMs);
  await emulator.webhooks.settle();
  expect(received).toHaveLength(2);
});

test("a reset ends what is under way", async () => {
  const { emulator, answers } = createEndpoint();
  answers.push("hang");
  emulator.webhooks.trigger("ContactCreate");
  await Promise.resolve();
  emulator.reset();
  await emulator.webhooks.settle();
  expect(emulator.webhooks.deliveries()).toEqual([]);
});

describe("manual resend", () => {
  test("sends once, outside the retries; success cancels them", async () => {
    const { emulator, answers, received } = createEndpoint();
    answers.push(500, 500);
    const id = emulator.webhooks.trigger("ContactCreate")[0]?.id ?? "";
    await emulator.webhooks.settle();
    expect(await emulator.webhooks.resend(id)).toMatchObject({ state: "waiting", attempts: [{ number: 1 }, { number: "-", status: 500 }] });
    expect(await emulator.webhooks.resend(id)).toMatchObject({ state: "delivered" });
    await emulator.clock.run(dayMs);
    expect(received).toHaveLength(3);
    await expect(emulator.webhooks.resend(id)).rejects.toThrow("is delivered");
  });

  test("starts no retries after they are used up, and goes back 30 days", async () => {
    const { emulator, answers, received } = createEndpoint({ retry: "none" });
    answers.push(500, 500);
    const id = emulator.webhooks.trigger("ContactCreate")[0]?.id ?? "";
    await emulator.webhooks.settle();
    expect(await emulator.webhooks.resend(id)).toMatchObject({ state: "failed" });
    await emulator.clock.run(31 * dayMs);
    expect(received).toHaveLength(2);
    await expect(emulator.webhooks.resend(id)).rejects.toThrow("30 days");
    await expect(emulator.webhooks.resend("none")).rejects.toThrow("no delivery");
  });
});
