import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryString } from "../../src/request/query-string.ts";

describe("queryString", () => {
  it("leaves out what is not given, repeats lists, and joins those the contract wants joined", () => {
    expect(queryString("x", {}, { comma: [] })).toBe("");
    expect(queryString("x", { a: undefined, b: null, c: 0, d: false, e: "" }, { comma: [] })).toBe("?c=0&d=false&e=");
    expect(queryString("x", { ids: ["1", "2"], fields: ["a", "b"] }, { comma: ["fields"] })).toBe("?ids=1&ids=2&fields=a%2Cb");
    expect(queryString("x", { id: "1", a: 2, body: {} }, { comma: [], omit: ["id", "body"] })).toBe("?a=2");
  });

  it.each([[{ a: { b: 1 } }], [{ a: [["nested"]] }], [{ a: () => 1 }]])("refuses %j", (query) => {
    expect(() => queryString("contacts.search", query, { comma: [] })).toThrow(/contacts\.search: query parameter a/);
  });

  it("survives the round trip for any text", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }),
          fc.string({ unit: "grapheme" }).filter((text) => text.isWellFormed()),
        ),
        (values) => {
          expect(Object.fromEntries(new URLSearchParams(queryString("x", values, { comma: [] })))).toEqual(
            Object.fromEntries(Object.entries(values)),
          );
        },
      ),
    );
  });
});
