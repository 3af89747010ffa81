import { describe, expect, test } from "vitest";
import { matchesField, momentOf, parameterKind } from "../../src/resources/list-parameters.ts";

const facts = {
  paging: ["skip"],
  fields: new Set(["color", "tag"]),
  declared: new Set(["mode"]),
  withoutEffect: new Set(["expand"]),
  noun: "things",
};

describe("parameterKind", () => {
  test.each([
    ["locationId", "tenant"],
    ["skip", "page"],
    ["limit", "page"],
    ["query", "search"],
    ["sortBy", "sort"],
    ["color", "field"],
    ["tags", "field"],
    ["ownerId", "field"],
    ["startAt", "from"],
    ["endAt", "until"],
    ["thingIds", "ids"],
    ["mode", "declared"],
    ["expand", "withoutEffect"],
    ["paymentMode", "unknown"],
  ])("%s: %s", (name, kind) => {
    expect(parameterKind(name, facts)).toBe(kind);
  });
});

test("a field matches one of several values, and `all` matches everything", () => {
  expect(matchesField({ status: "sent" }, "status", "draft,sent")).toBe(true);
  expect(matchesField({ status: "sent" }, "status", "draft")).toBe(false);
  expect(matchesField({ status: "sent" }, "status", "all")).toBe(true);
  expect(matchesField({ tags: ["a", "b"] }, "tags", ["b"])).toBe(true);
  expect(matchesField({}, "deleted", false)).toBe(true);
});

test("a day that ends a range is the whole day", () => {
  expect(momentOf("2026-01-01", true) - momentOf("2026-01-01", false)).toBe(86_399_999);
  expect(momentOf("1767225600000", false)).toBe(Date.UTC(2026, 0, 1));
});

test.each(["2026-02-30", "2026-02-30T10:00:00Z", "2026-13-01", "noon"])("%s is no moment", (text) => {
  expect(momentOf(text, false)).toBeNaN();
});
