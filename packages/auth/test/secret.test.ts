import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../src/secret.ts";

test("leaves only through reveal", () => {
  const secret = new Secret("hush");
  const printed = [
    inspect(secret, { showHidden: true }),
    inspect(secret, { customInspect: false, showHidden: true }),
    JSON.stringify({ secret }),
    `${secret}`,
  ];
  expect(printed.join()).not.toContain("hush");
  expect(structuredClone({ ...secret })).toEqual({});
  expect(secret.reveal()).toBe("hush");
});
