import { expect, test } from "vitest";
import { acceptsToken, tokenKindsOf } from "../src/index.ts";

test.each([
  ["location", "private", ["location"]],
  ["location", "oauth", ["location", "locationOAuth"]],
  ["company", "private", ["agency"]],
  ["company", "oauth", ["agency", "agencyOAuth"]],
] as const)("a token of a %s (%s) counts as %o", (holder, source, kinds) => {
  if (source === "oauth") expect(tokenKindsOf(holder)).toEqual(kinds);
  for (const kind of ["location", "locationOAuth", "agency", "agencyOAuth"] as const)
    expect(acceptsToken([kind], holder, source)).toBe((kinds as readonly string[]).includes(kind));
});

test("an operation that states no kind accepts every token", () => {
  expect(acceptsToken([], "company", "private")).toBe(true);
});
