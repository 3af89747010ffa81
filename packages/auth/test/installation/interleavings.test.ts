import { isGhlError } from "@ghlkit/core";
import { createMemoryStorage } from "@ghlkit/storage";
import { slowStores } from "@ghlkit/storage/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { oauth, type OAuth } from "../../src/index.ts";
import { createFakePlatform } from "../fake-platform.ts";
import { appOptions, company, location } from "../token-setup.ts";

/** Steps that two processes on one store take in any order, several at once. */
const step = fc.record({
  what: fc.constantFrom("consent", "call", "refused", "INSTALL", "UNINSTALL", "UNINSTALL of the company", "late UNINSTALL", "uninstall"),
  by: fc.nat(1),
  /** Ms after the step before, of those that run together. */
  later: fc.nat(6),
  together: fc.integer({ min: 0, max: 3 }).map((dice) => dice > 0),
});

const expected = new Set(["token_revoked", "token_expired"]);

test("whenever an uninstall comes during the first call of a location, no token is left behind", async () => {
  await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const platform = createFakePlatform({ latencyMs: () => 4 });
      const memory = createMemoryStorage();
      const stores = slowStores(memory, { minMs: 0, maxMs: 4 });
      const [caller, other] = [0, 1].map(() => oauth({ ...appOptions, stores, fetch: platform.fetch })) as [OAuth, OAuth];
      await caller.installations.connect(await caller.endpoint.exchange(platform.code({ userType: "Company", companyId: "com1" })));
      await caller.installations.apply({ type: "INSTALL", locationId: "loc1", companyId: "com1" });
      const call = caller.tokens.liveToken(location).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, index % 30));
      await other.installations.apply({ type: "UNINSTALL", locationId: "loc1" });
      await call;
      await caller.installations.settled();
      expect(await memory.installations.get(location)).toMatchObject({ state: "uninstalled" });
      expect(await memory.tokens.get(location)).toBeUndefined();
    }),
  );
});

test("a late UNINSTALL in the middle of a new consent does not cost its pair", async () => {
  const platform = createFakePlatform();
  const memory = createMemoryStorage();
  const other = oauth({ ...appOptions, stores: memory, fetch: platform.fetch });
  const consent = { userType: "Location", locationId: "loc1" };
  await other.installations.connect(await other.endpoint.exchange(platform.code(consent)));
  const timestamp = new Date(Date.now() + 5).toISOString();
  await new Promise((resolve) => setTimeout(resolve, 10));
  const tokens = {
    ...memory.tokens,
    put: async (...input: Parameters<typeof memory.tokens.put>) => {
      const written = await memory.tokens.put(...input);
      await other.installations.apply({ type: "UNINSTALL", locationId: "loc1", timestamp });
      return written;
    },
  };
  const auth = oauth({ ...appOptions, stores: { ...memory, tokens }, fetch: platform.fetch });
  const pair = await auth.endpoint.exchange(platform.code(consent));
  expect(await auth.installations.connect(pair)).toMatchObject({ state: "active" });
  expect((await memory.tokens.get(location))?.accessToken).toBe(pair.accessToken);
});

test("any interleaving of consent, calls, installs and uninstalls: what is uninstalled has no token, what is active can be called", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const platform = createFakePlatform({ reuse: "revoke-family", latencyMs: () => Math.random() * 8 });
      const memory = createMemoryStorage();
      const stores = slowStores(memory, { minMs: 0, maxMs: 4 });
      const processes = [0, 1].map(() =>
        oauth({
          ...appOptions,
          stores,
          fetch: async (url, init) => (url.includes("/installations") ? Response.json({ success: true }) : platform.fetch(url, init)),
        }),
      );
      const act = async ({ what, by }: { what: string; by: number }): Promise<void> => {
        const { installations, tokens, endpoint } = processes[by]!;
        const timestamp = new Date(Date.now() + (what.startsWith("late") ? -3_600_000 : 60_000)).toISOString();
        const event = { companyId: "com1", timestamp };
        if (what === "consent")
          await installations.connect(await endpoint.exchange(platform.code({ userType: "Company", companyId: "com1" })));
        else if (what === "call") await tokens.liveToken(location);
        else if (what === "refused") await tokens.liveToken(location, { rejected: (await memory.tokens.get(location))?.accessToken });
        else if (what === "INSTALL") await installations.apply({ type: "INSTALL", locationId: "loc1", ...event });
        else if (what === "UNINSTALL") await installations.apply({ type: "UNINSTALL", locationId: "loc1", timestamp });
        else if (what === "uninstall") await installations.uninstall({ location: "loc1" }, { reason: "left" });
        else await installations.apply({ type: "UNINSTALL", ...event });
      };
      await act({ what: "consent", by: 0 });
      await act({ what: "INSTALL", by: 0 });
      let running: Promise<void>[] = [];
      for (const one of steps) {
        await new Promise((resolve) => setTimeout(resolve, one.later));
        running.push(
          act(one).catch((error: unknown) => {
            if (!isGhlError(error) || !expected.has(error.code)) throw error;
          }),
        );
        if (one.together) continue;
        await Promise.all(running);
        running = [];
      }
      await Promise.all(running);
      await Promise.all(processes.map(({ installations }) => installations.settled()));

      for (const principal of [company, location]) {
        const [installation, pair] = await Promise.all([memory.installations.get(principal), memory.tokens.get(principal)]);
        if (installation?.state === "uninstalled") expect(pair).toBeUndefined();
      }
      const [agency, own] = await Promise.all([memory.installations.get(company), memory.installations.get(location)]);
      if (agency?.state === "active") expect(await memory.tokens.get(company)).toBeDefined();
      if (agency?.state !== "active" || own?.state !== "active") return;
      const fresh = oauth({ ...appOptions, stores: memory, fetch: platform.fetch });
      expect((await fresh.tokens.liveToken(location)).accessToken).toMatch(/^access-secret/);
    }),
    { numRuns: 30 },
  );
}, 30_000);
