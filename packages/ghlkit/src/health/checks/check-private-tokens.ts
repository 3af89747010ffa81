import { countText, durationText } from "../duration-text.ts";
import type { PrivateToken } from "../health-options.ts";
import type { HealthChecks } from "../health-report.ts";

/** Age of private tokens. */
export function checkPrivateTokens(
  tokens: readonly PrivateToken[],
  { now, rotateAfterMs }: { readonly now: number; readonly rotateAfterMs: number },
): Required<HealthChecks>["privateTokens"] {
  const ages = tokens.map(({ createdAt }) => Math.max(0, now - createdAt.getTime()));
  const rotationDue = ages.filter((age) => age > rotateAfterMs).length;
  const oldestMs = Math.max(0, ...ages);
  const isDue = rotationDue > 0;
  return {
    status: isDue ? "degraded" : "ok",
    message: `The oldest of ${countText(tokens.length, "private token")} is ${durationText(oldestMs)} old.`,
    ...(isDue && {
      action: "Rotate it in Settings → Private Integrations with an overlap, and give rotatingPrivateIntegration() both tokens meanwhile.",
    }),
    values: { tokens: tokens.length, oldestMs, rotationDue },
  };
}
