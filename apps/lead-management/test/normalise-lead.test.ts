import { describe, expect, it } from "vitest";
import type { LeadRow } from "../src/lead.ts";
import { normaliseLead } from "../src/normalise-lead.ts";

const row: LeadRow = {
  line: 2,
  firstName: "Ada",
  lastName: "L",
  email: "",
  phone: "",
  source: "",
  interest: "",
  value: "",
  smsConsent: "",
};

describe("normaliseLead", () => {
  it.each(["(202) 555-0100", "202.555.0100", "+1 202 555 0100", "1-202-555-0100", "2025550100"])("brings %s to E.164", (phone) => {
    expect(normaliseLead({ ...row, phone }, "US")).toMatchObject({ lead: { phone: "+12025550100", notes: [] } });
  });

  it("keeps a person whose e-mail cannot be read, and says what was left out", () => {
    expect(normaliseLead({ ...row, email: "ada.at.example.com", phone: "(202) 555-0100" }, "US")).toMatchObject({
      lead: { email: undefined, notes: ['e-mail "ada.at.example.com" left out: not an address'] },
    });
  });

  it("rejects a row without any way to reach the person", () => {
    expect(normaliseLead({ ...row, email: "two@@example.com", phone: "call me" }, "US")).toEqual({
      reason: 'no usable e-mail or phone; e-mail "two@@example.com" left out: not an address; phone "call me" left out: not a number',
    });
  });

  it("reads amounts and consent, and leaves out what is no amount", () => {
    expect(normaliseLead({ ...row, email: "A@Example.com", value: "3,200.50", smsConsent: "YES" }, "US")).toMatchObject({
      lead: { email: "a@example.com", value: 3200.5, smsConsent: true },
    });
    expect(normaliseLead({ ...row, email: "a@example.com", value: "lots", smsConsent: "maybe" }, "US")).toMatchObject({
      lead: { value: undefined, smsConsent: false, notes: ['value "lots" left out: not an amount'] },
    });
  });
});
