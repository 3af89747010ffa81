import { describe, expect, it } from "vitest";
import { operationTable } from "../src/index.ts";
import { wireRule } from "../src/wire-rules.ts";

describe("wireRule", () => {
  it.each(operationTable.operations().map((row) => [`${row.method} ${row.path}`, row] as const))(
    "agrees with the table on %s",
    (_, row) => {
      const rule = wireRule(row.method, row.path);
      expect({ version: rule.version, comma: rule.comma, answer: rule.answer }).toEqual({
        version: row.version,
        comma: row.comma,
        answer: row.answer,
      });
      if (row.body !== null) expect(rule.body).toBe(row.body);
    },
  );

  it("is cautious with what it does not carry", () => {
    expect(wireRule("POST", "/conversations/messages")).toMatchObject({ retry: "unsafe-side-effect", scopes: null });
    expect(wireRule("GET", "/something/new")).toMatchObject({ version: "v3", retry: "safe" });
  });
});
