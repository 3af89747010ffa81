import { expect, test } from "vitest";
import { emptyIds } from "../../src/validate/empty-ids.ts";

test("an empty text is missed in fields that name ids", () => {
  const names = ["id", "locationId", "altID", "client_id"];
  const values = Object.fromEntries(names.map((name) => [name, ""]));
  expect(emptyIds(values, names)).toEqual(names.map((name) => `${name} should not be empty`));
});

test("words that end in the same letters are no ids", () => {
  const names = ["paid", "valid", "grid", "android"];
  expect(emptyIds(Object.fromEntries(names.map((name) => [name, ""])), names)).toEqual([]);
});
