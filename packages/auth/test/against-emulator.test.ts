import { createEmulator, type Listening } from "@ghlkit/emulator";
import { layeredFetch, type Credentials } from "@ghlkit/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { privateIntegration } from "../src/index.ts";

const emulator = createEmulator();
let listening: Listening;

beforeAll(async () => void (listening = await emulator.listen()));
afterAll(() => listening.close());

/** Asks for a location over a real socket. */
async function ask(credentials: Credentials, location: string): Promise<number> {
  const fetch = layeredFetch([credentials.stamp], globalThis.fetch);
  return (await fetch(`${listening.url}/locations/${location}`, { headers: { version: "v3" } })).status;
}

test("the stamped token opens its own location and no other", async () => {
  const { tokens, locationId, secondLocationId } = emulator.seed;
  const credentials = privateIntegration({ token: tokens.location, location: locationId });
  expect(await ask(credentials, locationId)).toBe(200);
  expect(await ask(credentials, secondLocationId)).toBe(403);
});

test("a token nobody issued is refused", async () => {
  const { locationId } = emulator.seed;
  const credentials = privateIntegration({ token: `pit-${crypto.randomUUID()}`, location: locationId });
  expect(await ask(credentials, locationId)).toBe(401);
});
