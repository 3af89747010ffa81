import { fromFetch, isGhlError } from "@ghlkit/core";
import { createMemoryStorage, type Stores } from "@ghlkit/storage";
import { expect, test } from "vitest";
import { resolveApp } from "../../src/endpoint/oauth-app.ts";
import { createTokenEndpoint } from "../../src/endpoint/token-endpoint.ts";
import { deathOf } from "../../src/token/dead-pair.ts";
import { createFakePlatform, type ReusePolicy } from "../fake-platform.ts";
import { appOptions, hastyClock, location, managerOf, seed } from "../token-setup.ts";

/** A process that stops for ever at its n-th step: before or after any answer of a store or of the platform. */
function mortal(stepsLeft: number): <T extends object>(target: T) => T {
  let left = stepsLeft;
  const step = (): Promise<void> => ((left -= 1) < 0 ? new Promise(() => {}) : Promise.resolve());
  return (target) =>
    new Proxy(target, {
      get: (inner, name) => {
        const method = Reflect.get(inner, name) as (...input: unknown[]) => unknown;
        return async (...input: unknown[]) => {
          await step();
          const result = await method(...input);
          await step();
          return result;
        };
      },
    });
}

async function killedAt(point: number, reuse: ReusePolicy): Promise<"alive" | "needs_reconnect"> {
  const clock = hastyClock();
  const platform = createFakePlatform({ reuse, now: clock.now });
  const stores: Stores = createMemoryStorage({ clock });
  await seed(platform, stores, location, -1, clock.now());
  const dying = mortal(point);
  const { fetch } = dying({ fetch: platform.fetch });
  const endpoint = createTokenEndpoint({ app: resolveApp(appOptions), send: fromFetch(fetch), now: clock.now, timeoutMs: 30_000 });
  const first = managerOf(platform, { clock, endpoint, stores: { ...stores, tokens: dying(stores.tokens), leases: dying(stores.leases) } });
  const spent = first.manager.liveToken(location);
  await Promise.race([spent, new Promise((resolve) => setTimeout(resolve, 3))]);
  clock.shift(46_000);
  const second = managerOf(platform, { clock, stores });
  try {
    const pair = await second.manager.liveToken(location);
    expect(platform.families[0]?.access.has(pair.accessToken)).toBe(true);
    return "alive";
  } catch (error) {
    if (!isGhlError(error, "token_revoked")) throw error;
    expect(deathOf(await stores.tokens.get(location))).toMatch(/answer was lost/);
    expect(second.events.map((event) => event.type)).toEqual(["needs_reconnect"]);
    return "needs_reconnect";
  }
}

test.each(["grace", "reject", "revoke-family"] as const)(
  "killed at any step, under %s: alive, or needs_reconnect with the reason",
  async (reuse) => {
    const outcomes: string[] = [];
    for (let point = 0; point < 34; point += 1) outcomes.push(await killedAt(point % 17, reuse));
    // Only between the platform's answer and the end of the write can a pair be lost, and only without a grace window.
    const lost = outcomes.filter((outcome) => outcome !== "alive").length;
    if (reuse === "grace") expect(lost).toBe(0);
    else expect(lost).toBe(4);
  },
);
