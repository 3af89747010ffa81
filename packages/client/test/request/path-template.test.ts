import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePathTemplate } from "../../src/request/path-template.ts";

const template = parsePathTemplate("/contacts/{contactId}/tasks/{taskId}");

describe("parsePathTemplate", () => {
  it("names and fills the parameters", () => {
    expect(template.names).toEqual(["contactId", "taskId"]);
    expect(template.fill("x", { contactId: "a b", taskId: 7 })).toBe("/contacts/a%20b/tasks/7");
    expect(parsePathTemplate("/contacts/").fill("x", {})).toBe("/contacts/");
  });

  it.each([undefined, null, "", ".", "..", {}, true])("refuses %s", (contactId) => {
    expect(() => template.fill("contacts.getTask", { contactId, taskId: "t" })).toThrow(
      /contacts\.getTask: path parameter contactId must .*Nothing was sent/,
    );
  });

  it("keeps every value inside its own segment, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text !== "." && text !== ".." && text.isWellFormed()),
        (text) => {
          const url = new URL(`https://example.com${template.fill("x", { contactId: text, taskId: "t" })}`);
          expect(url.pathname.split("/")).toHaveLength(5);
          expect(decodeURIComponent(url.pathname.split("/")[2] as string)).toBe(text);
          expect(url.search + url.hash).toBe("");
        },
      ),
    );
  });
});
