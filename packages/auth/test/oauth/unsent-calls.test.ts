import { ghlError, isGhlError, isUnsentCall, type FetchLike, type Layer } from "@ghlkit/core";
import { createMemoryStorage } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { oauth } from "../../src/index.ts";
import { callerOf } from "../caller.ts";
import { createFakePlatform, type FakePlatform } from "../fake-platform.ts";
import { appOptions, hastyClock, location, seed } from "../token-setup.ts";

const bound = { kind: "location", resource: "loc1" } as const;

interface Setup {
  readonly platform: FakePlatform;
  readonly create: () => Promise<unknown>;
  /** Requests of calls that reached the platform. */
  readonly calls: () => number;
}

async function setup(leftMs: number, tokenFault: () => Response | Error | undefined): Promise<Setup> {
  const clock = hastyClock();
  const platform = createFakePlatform({ now: clock.now });
  const stores = createMemoryStorage({ clock });
  await seed(platform, stores, location, leftMs, clock.now());
  const fetch: FetchLike = async (url, init) => {
    const fault = url.endsWith("/oauth/token") ? tokenFault() : undefined;
    if (fault instanceof Error) throw fault;
    return fault ?? platform.fetch(url, init);
  };
  // Errors of ours come from layers of the app.
  const failing: Layer = (next) => async (request, context) => {
    const fault = tokenFault();
    if (isGhlError(fault)) throw fault;
    return next(request, context);
  };
  const auth = oauth({ ...appOptions, stores, fetch, clock, layers: [failing] });
  const call = callerOf({ credentials: auth, fetch });
  const isCall = ({ url }: { readonly url: string }): boolean => !url.includes("/oauth/");
  return { platform, create: () => call(bound, "contacts.create", "{}"), calls: () => platform.seen.filter(isCall).length };
}

const reset = (): Error => Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } });
const status = (code: number, message: string) => (): Response => Response.json({ statusCode: code, message }, { status: code });

test.each([
  ["a connection that is reset", reset, "network"],
  ["a refused connection", () => Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }), "network"],
  ["a timeout", () => ghlError("timeout", "late", { timeoutMs: 1, scope: "attempt", sent: true }), "timeout"],
  ["a write of unknown outcome", () => ghlError("outcome_unknown", "lost", {}), "network"],
  ["a 503", status(503, "down"), "server"],
  ["a 429", () => new Response("{}", { status: 429, headers: { "retry-after": "1" } }), "rate_burst"],
  ["a 200 that is no JSON", () => new Response("<html>"), "invalid_response"],
  ["a dead grant", status(400, "Invalid grant: refresh token is invalid"), "token_revoked"],
  ["a paused account", status(400, "Location is not active"), "resource_inactive"],
] as const)("a token that cannot be renewed for %s: the call says that it was not sent", async (_what, fault, code) => {
  const all = await setup(-1, fault);
  const error: unknown = await all.create().catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code, sent: false, during: "authorisation", attempts: 0, operation: "contacts.create" });
  expect(isUnsentCall(error, "authorisation")).toBe(true);
  expect((error as Error).message).toMatch(/^The call was not sent: /);
  expect(all.calls()).toBe(0);
});

test("a call whose token was refused, and for which no new one can be had, certainly did not take place", async () => {
  const all = await setup(86_399_000, reset);
  all.platform.expireAccess("loc1");
  expect(await all.create().catch((failure: unknown) => failure)).toMatchObject({ code: "network", sent: false, attempts: 1 });
  expect(all.calls()).toBe(1);
});

test("a scope that the installation lacks keeps a call from being sent", async () => {
  const clock = hastyClock();
  const platform = createFakePlatform({ now: clock.now });
  const stores = createMemoryStorage({ clock });
  await seed(platform, stores, location, 86_399_000, clock.now());
  const auth = oauth({ ...appOptions, stores, fetch: platform.fetch, clock });
  const call = callerOf({ credentials: auth, fetch: platform.fetch });
  expect(await call(bound, "invoices.create", "{}").catch((failure: unknown) => failure)).toMatchObject({ sent: false });
});
