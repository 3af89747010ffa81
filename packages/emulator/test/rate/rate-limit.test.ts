import { describe, expect, test } from "vitest";
import { createTestClient } from "../test-client.ts";

const start = Date.UTC(2026, 10, 2, 12);

describe("rate limit", () => {
  test("every answer past authorisation has the platform's rate-limit headers", async () => {
    const { call, emulator } = createTestClient({ burstLimit: 100, clock: { now: () => start } });
    const { headers } = await call("GET", `/workflows/?locationId=${emulator.seed.locationId}`);
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith("x-ratelimit")))).toEqual({
      "x-ratelimit-limit-daily": "200000",
      "x-ratelimit-daily-remaining": "199999",
      "x-ratelimit-daily-reset": String(12 * 3_600_000),
      "x-ratelimit-interval-milliseconds": "10000",
      "x-ratelimit-max": "100",
      "x-ratelimit-remaining": "99",
    });
    const refused = await call("GET", "/contacts/nobody");
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("98");
  });

  test("the burst is refused with 429 and comes back when the window ends", async () => {
    const { call, emulator } = createTestClient({ burstLimit: 2, clock: { now: () => start } });
    const path = `/workflows/?locationId=${emulator.seed.locationId}`;
    const statuses = [(await call("GET", path)).status, (await call("GET", path)).status, (await call("GET", path)).status];
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await call("GET", path);
    expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(refused.headers.get("x-ratelimit-daily-remaining")).toBe("199998");
    expect(refused.headers.has("retry-after")).toBe(false);
    emulator.clock.advance(10_000);
    expect((await call("GET", path)).status).toBe(200);
  });

  test("each app and each resource has its own bucket", async () => {
    const { call, emulator } = createTestClient({ burstLimit: 1, clock: { now: () => start } });
    const { tokens, locationId, secondLocationId } = emulator.seed;
    expect((await call("GET", `/workflows/?locationId=${locationId}`)).status).toBe(200);
    expect((await call("GET", `/workflows/?locationId=${locationId}`)).status).toBe(429);
    expect((await call("GET", `/workflows/?locationId=${locationId}`, { token: tokens.appLocation })).status).toBe(200);
    expect((await call("GET", `/workflows/?locationId=${secondLocationId}`, { token: tokens.secondLocation })).status).toBe(200);
  });

  test("the day's quota is refused until the next day", async () => {
    const { call, emulator } = createTestClient({ dailyLimit: 1, clock: { now: () => start }, retryAfter: true });
    const path = `/workflows/?locationId=${emulator.seed.locationId}`;
    await call("GET", path);
    const refused = await call("GET", path);
    expect([refused.status, refused.headers.get("x-ratelimit-daily-remaining"), refused.headers.get("retry-after")]).toEqual([
      429,
      "0",
      "43200",
    ]);
    emulator.clock.advance(12 * 3_600_000);
    expect((await call("GET", path)).status).toBe(200);
  });

  test("limits can be counted without being enforced, and the body be chosen", async () => {
    const free = createTestClient({ burstLimit: 1, dailyLimit: 1, enforceBurstLimit: false, enforceDailyQuota: false });
    const path = `/workflows/?locationId=${free.emulator.seed.locationId}`;
    await free.call("GET", path);
    const second = await free.call("GET", path);
    expect([second.status, second.headers.get("x-ratelimit-remaining")]).toEqual([200, "0"]);
    const own = createTestClient({ burstLimit: 1, rateLimitBody: { error: "slow down" } });
    await own.call("GET", path);
    expect((await own.call("GET", path)).body).toMatchObject({ error: "slow down", traceId: expect.any(String) });
  });
});
