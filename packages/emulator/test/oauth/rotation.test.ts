import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/index.ts";
import { createTestClient } from "../test-client.ts";
import { tokenEndpoint } from "../token-endpoint.ts";

function start(options: EmulatorOptions = {}) {
  const client = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) }, ...options });
  const { locationId, tokens } = client.emulator.seed;
  const works = async (token: string): Promise<boolean> => (await client.call("GET", `/locations/${locationId}`, { token })).status === 200;
  return { ...client, ...tokenEndpoint(client), first: tokens.appLocationRefresh, works };
}

describe("rotation", () => {
  test("a refresh token is good for one use, its successor for the next", async () => {
    const { refresh, first } = start();
    const { body } = await refresh(first);
    expect(body.refreshToken).not.toBe(first);
    expect(await refresh(first)).toMatchObject({ status: 400, body: { message: "Invalid grant: refresh token is invalid" } });
    expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  test("the old access token keeps working to its own end", async () => {
    const { refresh, first, works, emulator } = start();
    const { body } = await refresh(first);
    expect([await works(emulator.seed.tokens.appLocation), await works(body.accessToken)]).toEqual([true, true]);
  });

  test("access tokens end after 86,399 seconds, refresh tokens after a year", async () => {
    const { refresh, first, works, emulator } = start();
    const { body } = await refresh(first);
    emulator.clock.advance(86_399_000 - 1);
    expect(await works(body.accessToken)).toBe(true);
    emulator.clock.advance(1);
    expect(await works(body.accessToken)).toBe(false);
    emulator.clock.set(Date.UTC(2027, 9, 1) - 1);
    const { body: next } = await refresh(body.refreshToken);
    expect(next.refreshToken).toBeDefined();
    emulator.clock.set(Date.UTC(2028, 9, 1));
    expect((await refresh(next.refreshToken)).status).toBe(400);
  });

  test("reuse can end the whole family, access tokens included", async () => {
    const { refresh, first, works } = start({ refreshReuse: "revoke-family" });
    const { body } = await refresh(first);
    expect((await refresh(first)).status).toBe(400);
    expect((await refresh(body.refreshToken)).status).toBe(400);
    expect(await works(body.accessToken)).toBe(false);
  });

  test("reuse in a grace window yields another pair, and nothing after it", async () => {
    const { refresh, first, emulator } = start({ refreshReuse: "grace", refreshGraceMs: 1000 });
    const { body } = await refresh(first);
    emulator.clock.advance(999);
    const again = await refresh(first);
    expect(again.status).toBe(200);
    expect(again.body.refreshToken).not.toBe(body.refreshToken);
    emulator.clock.advance(1);
    expect((await refresh(first)).status).toBe(400);
    expect((await refresh(body.refreshToken)).status).toBe(200);
  });

  test("tokens follow from seed and clock", async () => {
    const pair = async (seed: string) => {
      const { refresh, first } = start({ seed });
      return (await refresh(first)).body.accessToken as string;
    };
    expect(await pair("a")).toBe(await pair("a"));
    expect(await pair("a")).not.toBe(await pair("b"));
  });
});
