import { createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { createTestClient } from "../test-client.ts";

const { call, emulator } = createTestClient({ clock: { now: () => Date.UTC(2026, 9, 1) } });
const bare = { version: null, token: null } as const;

describe("the control plane", () => {
  test("answers health, and the seed with usable public keys", async () => {
    expect((await call("GET", "/_emulator/health", bare)).body).toEqual({ status: "ok", now: "2026-10-01T00:00:00.000Z" });
    const { body } = await call("GET", "/_emulator/seed", bare);
    expect(body).toMatchObject({ ...emulator.seed });
    expect(createPublicKey(body.webhookPublicKeys.ed25519).asymmetricKeyType).toBe("ed25519");
    expect(createPublicKey(body.webhookPublicKeys.rsa).asymmetricKeyType).toBe("rsa");
  });

  test("the Ed25519 key follows from the seed", async () => {
    const key = async (seed: string): Promise<string> => (await createEmulator({ seed }).webhookPublicKeys()).ed25519;
    expect(await key("a")).toBe(await key("a"));
    expect(await key("a")).not.toBe(await key("b"));
  });

  test("bends time", async () => {
    expect((await call("POST", "/_emulator/clock", { ...bare, body: { advanceMs: 1500 } })).body.now).toBe("2026-10-01T00:00:01.500Z");
    expect((await call("GET", "/_emulator/clock", bare)).body.now).toBe("2026-10-01T00:00:01.500Z");
    expect((await call("POST", "/_emulator/clock", { ...bare, body: { setMs: 0 } })).body.nowMs).toBe(0);
    expect((await call("POST", "/_emulator/clock", { ...bare, body: {} })).status).toBe(400);
  });

  test("reset brings back seed, clock, and the same ids", async () => {
    const { locationId } = emulator.seed;
    const create = async (): Promise<string> =>
      (await call("POST", "/contacts/", { body: { locationId, email: "a@example.com" } })).body.contact.id;
    emulator.reset();
    const first = await create();
    expect((await call("POST", "/_emulator/reset", bare)).status).toBe(200);
    expect((await call("GET", `/contacts/${first}`)).status).toBe(400);
    expect(await create()).toBe(first);
    expect((await call("GET", "/_emulator/health", bare)).body.now).toBe("2026-10-01T00:00:00.000Z");
  });

  test("the journal shows requests without their secrets, the latest first to stay", async () => {
    emulator.reset();
    const { locationId } = emulator.seed;
    await call("GET", `/workflows/?locationId=${locationId}`);
    await call("POST", "/oauth/token", {
      token: null,
      body: { clientId: "app", clientSecret: "hush", grantType: "refresh_token", refreshToken: "hush" },
    });
    await call("GET", "/nowhere");
    const { body } = await call("GET", "/_emulator/requests", bare);
    expect(body.requests).toMatchObject([
      { method: "GET", path: "/workflows/", operation: "workflows.list", status: 200, version: "v3", query: { locationId } },
      { operation: "oauth.createToken", body: { clientId: "app", clientSecret: "[redacted]", refreshToken: "[redacted]" } },
      { path: "/nowhere", status: 404 },
    ]);
    expect(JSON.stringify(body)).not.toContain("hush");
    expect(JSON.stringify(body)).not.toContain(emulator.seed.tokens.location);
    expect((await call("GET", "/_emulator/requests?limit=1", bare)).body.requests).toMatchObject([{ path: "/nowhere" }]);
  });

  test("knows nothing else", async () => {
    expect((await call("GET", "/_emulator/secrets", bare)).status).toBe(404);
  });
});

test("the journal keeps as many requests as configured", async () => {
  const small = createTestClient({ journalSize: 2 });
  for (const path of ["/a", "/b", "/c"]) await small.call("GET", path);
  expect(small.emulator.requests().map((entry) => entry.path)).toEqual(["/b", "/c"]);
});
