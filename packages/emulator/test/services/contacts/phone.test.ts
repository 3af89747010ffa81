import { expect, test } from "vitest";
import { normalisePhone } from "../../../src/services/contacts/phone.ts";

test.each([
  ["+1 888-888-8888", "US", "+18888888888"],
  ["(202) 555-0101", "US", "+12025550101"],
  ["1-202-555-0101", "US", "+12025550101"],
  ["020 7946 0018", "GB", "+442079460018"],
  ["0049 30 123456", "US", "+4930123456"],
  ["030 123456", "DE", "+4930123456"],
  ["98765 43210", "IN", "+919876543210"],
  ["2025550101", "XX", "+12025550101"],
  ["none", "US", ""],
])("%s in %s is %s", (input, country, expected) => {
  expect(normalisePhone(input, country)).toBe(expected);
});
