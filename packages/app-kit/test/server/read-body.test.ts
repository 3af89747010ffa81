import { describe, expect, it } from "vitest";
import { plainAmount, textIn } from "../../src/server/index.ts";

describe("what a form holds", () => {
  it.each(["12", "12.5", "1,234.50", "1,234,567"])("reads the amount %s", (text) => {
    expect(plainAmount(text)).toBe(text.replaceAll(",", ""));
  });

  it.each(["", "1,5", "40,00", "1.500,00", "1,2,3", "12,34.50", "1.500", "0.005", "1e3", "0x10", "-5", "$5", "1 200", ".5", "5."])(
    "reads no amount in %j",
    (text) => {
      expect(plainAmount(text)).toBeUndefined();
    },
  );

  it("says of a text that is too long which one it is, and by how much", () => {
    const read = (): string => textIn({ text: "x".repeat(1601) }, "text", { most: 1600 });
    expect(read).toThrow("The text has 1601 characters; 1600 is the most.");
  });
});
