import { expect, test } from "vitest";
import { changedFiles } from "../src/file-hashes.ts";

test("names what differs, what is new and what is gone", () => {
  const before = new Map([
    ["a", "1"],
    ["b", "2"],
    ["c", "3"],
  ]);
  const after = new Map([
    ["a", "1"],
    ["b", "9"],
    ["d", "4"],
  ]);
  expect(changedFiles(before, after)).toEqual(["differs: b", "is gone: c", "is new: d"]);
  expect(changedFiles(before, before)).toEqual([]);
});
