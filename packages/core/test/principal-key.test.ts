import { expect, test } from "vitest";
import { principalKey, type Principal } from "../src/index.ts";

const principal: Principal = { app: "app", kind: "location", resource: "loc" };

test("a principal has one key, whatever its credential", () => {
  expect(principalKey(principal)).toBe("app/location/loc");
  expect(principalKey({ ...principal, credential: "token-1" })).toBe("app/location/loc");
  expect(principalKey(undefined)).toBe("");
});

test("no other principal has it, whatever its ids contain", () => {
  const others: Principal[] = [
    { app: "app/location", kind: "location", resource: "loc" },
    { app: "app", kind: "location", resource: "location/loc" },
    { app: "app", kind: "company", resource: "loc" },
    { app: "app%2Flocation", kind: "location", resource: "loc" },
  ];
  expect(new Set([principal, ...others].map(principalKey)).size).toBe(5);
});
