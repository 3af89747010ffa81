import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "../src/sha256.ts";

it("is the SHA-256 of the standard for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
    }),
    { numRuns: 500 },
  );
});

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])("pads a text of %i bytes as the standard does", (length) => {
  const text = "a".repeat(length);
  expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
});
