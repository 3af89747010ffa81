import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contactEmail, contactPhone } from "../../src/contacts/index.ts";

describe("contactEmail", () => {
  it.each([
    [" Ada.Lovelace+x@Example.CO.UK ", "ada.lovelace+x@example.co.uk"],
    ["jürgen@müller.de", "jürgen@müller.de"],
    ["a@xn--mller-kva.xn--p1ai", "a@xn--mller-kva.xn--p1ai"],
    ["o'brien@example.com", "o'brien@example.com"],
    ["\u200eada@exam\u00adple.com\u200b", "ada@example.com"],
  ])("takes %s", (text, email) => expect(contactEmail(text)).toBe(email));

  it.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@example",
    "a da@example.com",
    "ada@ex_ample.com",
    ".ada@example.com",
    "a..da@example.com",
  ])("refuses %s", (text) => expect(contactEmail(text)).toBeUndefined());

  it("is its own normal form", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        const email = contactEmail(text);
        if (email !== undefined) expect(contactEmail(email)).toBe(email);
      }),
    );
  });
});

describe("contactPhone", () => {
  it.each([
    ["(202) 555-0143", "US", "+12025550143"],
    ["0151 23456789", "de", "+4915123456789"],
    ["+44 20 7946 0018", undefined, "+442079460018"],
    ["+44 20 7946 0018", "US", "+442079460018"],
  ])("reads %s in %s", (text, country, phone) => expect(contactPhone(text, country)).toBe(phone));

  it.each([
    ["202 555 0143", undefined],
    ["202 555 0143", "Moon"],
    ["12", "US"],
    ["call me", "US"],
  ])("refuses %s in %s", (text, country) => expect(contactPhone(text, country)).toBeUndefined());
});
