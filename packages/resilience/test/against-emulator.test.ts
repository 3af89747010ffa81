import { createEmulator, type Emulator, type EmulatorOptions, type Listening } from "@ghlkit/emulator";
import { layeredFetch, type Layer } from "@ghlkit/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withRateLimit, withRetry } from "../src/index.ts";

const limit = 15;
const windowMs = 80;

let emulator: Emulator;
let listening: Listening;

async function start(options: EmulatorOptions): Promise<void> {
  emulator = createEmulator(options);
  listening = await emulator.listen();
}

afterEach(() => listening.close());

/** Asks for one user over a real socket. */
function caller(layers: readonly Layer[]): () => Promise<number> {
  const { seed } = emulator;
  const principal = { app: "private", kind: "location", resource: seed.locationId } as const;
  const fetch = layeredFetch(layers, globalThis.fetch, { principal });
  const headers = { authorization: `Bearer ${seed.tokens.location}`, version: "v3" };
  return async () => (await fetch(`${listening.url}/users/${seed.users.admin}`, { headers })).status;
}

function statuses(): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { status } of emulator.requests()) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

describe.each(["sliding", "fixed"] as const)("a %s window", (rateWindow) => {
  beforeEach(() => start({ rateWindow, burstLimit: limit, burstWindowMs: windowMs }));

  test("is never overrun", async () => {
    const call = caller([withRateLimit({ limit, windowMs })]);
    await Promise.all(Array.from({ length: 60 }, call));
    expect(statuses()).toEqual(new Map([[200, 60]]));
  });

  test("whose limit is not known is overrun once, and the retries get through", async () => {
    const call = caller([withRetry({ windowMs, maxAttempts: 10 }), withRateLimit()]);
    const answers = await Promise.all(Array.from({ length: 40 }, call));
    expect(answers).toEqual(Array(40).fill(200));
    expect(statuses().get(429) ?? 0).toBeLessThanOrEqual(25);
  });

  test("shared with another client is not overrun once an answer has told what is left", async () => {
    const other = caller([]);
    const call = caller([withRateLimit({ windowMs })]);
    await Promise.all(Array.from({ length: 6 }, other));
    await call();
    await Promise.all(Array.from({ length: 30 }, call));
    expect(statuses()).toEqual(new Map([[200, 37]]));
  });
});

test("without the limiter the same calls are refused", async () => {
  await start({ burstLimit: limit });
  await Promise.all(Array.from({ length: 20 }, caller([])));
  expect(statuses()).toEqual(
    new Map([
      [200, 15],
      [429, 5],
    ]),
  );
});

test("a day that is used up is told by the platform once", async () => {
  await start({ dailyLimit: 3 });
  const call = caller([withRetry(), withRateLimit()]);
  for (let i = 0; i < 3; i += 1) expect(await call()).toBe(200);
  await expect(call()).rejects.toMatchObject({ code: "rate_daily" });
  expect(statuses()).toEqual(new Map([[200, 3]]));
});
