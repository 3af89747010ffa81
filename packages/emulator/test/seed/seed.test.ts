import { expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";

test("the seed text decides every id and token", () => {
  expect(createEmulator({ seed: "a" }).seed).toEqual(createEmulator({ seed: "a" }).seed);
  const [a, b] = [createEmulator({ seed: "a" }).seed, createEmulator({ seed: "b" }).seed];
  expect(a.locationId).not.toBe(b.locationId);
  expect(a.tokens.location).not.toBe(b.tokens.location);
});

test("tokens have the platform's forms", () => {
  const { tokens, app } = createEmulator().seed;
  expect(tokens.location).toMatch(/^pit-[0-9a-f-]{36}$/);
  expect(tokens.appLocation.split(".")).toHaveLength(3);
  expect(app.clientId).toMatch(/^[0-9a-f]{24}-[a-z0-9]{8}$/);
  expect(new Set(Object.values(tokens)).size).toBe(Object.values(tokens).length);
});
