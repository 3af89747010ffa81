import { expect, test } from "vitest";
import { recordedShares } from "./recorded-shares.ts";

test("every recorded answer is matched in at least 98 % of its paths", async () => {
  const shares = await recordedShares();
  expect(shares.filter(({ share }) => share < 0.98)).toEqual([]);
}, 300_000);
