import { expect, test } from "vitest";
import { recordedOperations } from "../../src/services/recorded-operations.ts";
import { readRecordings, recordedShares } from "./recorded-shares.ts";

test("every recorded answer is matched in at least 98 % of its paths", async () => {
  const shares = await recordedShares();
  expect(shares.filter(({ share }) => share < 0.98)).toEqual([]);
}, 300_000);

test("the operations that claim a recording are those that have one", () => {
  expect(recordedOperations.toSorted()).toEqual(Object.keys(readRecordings()).toSorted());
});
