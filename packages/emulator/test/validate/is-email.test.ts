import { expect, test } from "vitest";
import { isEmail } from "../../src/validate/is-email.ts";
import { isDay } from "../../src/validate/is-day.ts";

test.each([
  "ann@example.com",
  "ann+tag@sub.example.co.uk",
  "ä@bücher.de",
  "a@xn--bcher-kva.de",
  "o'neil@example.com",
  `${"a".repeat(64)}@b.co`,
])("%s is an e-mail address", (text) => {
  expect(isEmail(text)).toBe(true);
});

test.each([
  "",
  "a@b",
  "a@b.c",
  "a@@b.co",
  "a b@c.co",
  "a..b@c.co",
  ".a@c.co",
  "a.@c.co",
  "a@-b.co",
  "a@b-.co",
  "a@127.0.0.1",
  "a@[::1]",
  " a@b.co",
  `${"a".repeat(65)}@b.co`,
  `a@${"b".repeat(64)}.co`,
  "Ann <a@b.co>",
  "a@b.co,c@d.co",
])("%s is none", (text) => {
  expect(isEmail(text)).toBe(false);
});

test("days are those of the calendar", () => {
  expect(["2026-02-28", "2028-02-29", "2026-12-31"].every(isDay)).toBe(true);
  expect(["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "2026-01-01T00:00:00Z", ""].some(isDay)).toBe(false);
});
