import { recordedShares } from "../../../emulator/test/evidence/recorded-shares.ts";
import { measure, type Measure } from "../measure.ts";

/** Recorded live answers that the emulator's own answers match in at least 98 % of their paths, with compatible types. */
export async function recordedShapes(): Promise<Measure> {
  const shares = await recordedShares();
  const matched = shares.filter(({ share }) => share >= 0.98);
  for (const { operation, share, missing } of shares.filter((one) => one.share < 0.98))
    console.log(`${operation}: ${(share * 100).toFixed(1)} %, without ${missing.join("; ")}`);
  const least = Math.min(...shares.map(({ share }) => share));
  const against = { recordings: shares.length, "least share in %": Math.round(least * 1000) / 10 };
  return measure("recorded answers matched in 98 % of their paths", matched.length, "", { atLeast: shares.length }, against);
}
