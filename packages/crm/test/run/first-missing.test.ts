import { expect, it } from "vitest";
import { firstMissing } from "../../src/run/first-missing.ts";

async function find(count: number, guess?: number) {
  let looks = 0;
  const found = await firstMissing(async (number) => {
    looks += 1;
    return number < count;
  }, guess);
  return { found, looks };
}

it("finds the first number that is missing, whatever was guessed", async () => {
  for (let count = 0; count <= 40; count += 1)
    for (const guess of [undefined, ...Array.from({ length: 45 }, (_, index) => index)])
      expect((await find(count, guess)).found).toBe(count);
});

it("looks twice where the guess is right, and with the logarithm of the number else", async () => {
  expect((await find(1_000, 1_000)).looks).toBe(2);
  expect((await find(1_000)).looks).toBeLessThanOrEqual(20);
  expect((await find(1_000, 998)).looks).toBeLessThanOrEqual(6);
  expect((await find(1_000, 5_000)).looks).toBeLessThanOrEqual(21);
});
