import { inspectAccounts, type Account } from "../../accounts/inspect-accounts.ts";
import { countText } from "../duration-text.ts";
import type { HealthChecks } from "../health-report.ts";
import type { HealthStorage } from "../health-options.ts";

/** More are not looked at by one check. */
const mostAccounts = 20_000;

interface Counts {
  pairs: number;
  renewalDue: number;
  refreshStuck: number;
  needsReconnect: number;
  suspended: number;
  oldestPairMs: number | undefined;
}

/** Token pairs and installations, page by page. */
export async function checkAccounts(
  storage: HealthStorage,
  { app, now, renewWithinMs }: { readonly app: string | undefined; readonly now: number; readonly renewWithinMs: number },
): Promise<Required<HealthChecks>["accounts"]> {
  const counts: Counts = { pairs: 0, renewalDue: 0, refreshStuck: 0, needsReconnect: 0, suspended: 0, oldestPairMs: undefined };
  let seen = 0;
  for await (const account of inspectAccounts(storage, { now, renewWithinMs, ...(app !== undefined && { app }) })) {
    count(account, counts, now);
    if ((seen += 1) >= mostAccounts) break;
  }
  const problem = problemOf(counts);
  const part = seen < mostAccounts ? "" : ` Only the first ${mostAccounts} accounts were looked at.`;
  if (problem === undefined)
    return { status: "ok", message: `${countText(counts.pairs, "token pair is", "token pairs are")} good.${part}`, values: counts };
  return { status: "degraded", ...problem, message: `${problem.message}${part}`, values: counts };
}

function count({ state, action, renewedAt, isMinted }: Account, counts: Counts, now: number): void {
  if (renewedAt !== undefined && !isMinted) {
    counts.pairs += 1;
    counts.oldestPairMs = Math.max(counts.oldestPairMs ?? 0, now - renewedAt);
  }
  if (state === "suspended") counts.suspended += 1;
  if (action === "renew") counts.renewalDue += 1;
  if (action === "look_after_refresh") counts.refreshStuck += 1;
  if (action === "reconnect") counts.needsReconnect += 1;
}

function problemOf({
  needsReconnect,
  refreshStuck,
  renewalDue,
}: Counts): { readonly message: string; readonly action: string } | undefined {
  if (needsReconnect > 0)
    return {
      message: `${countText(needsReconnect, "account has", "accounts have")} to consent again.`,
      action: "ghlkit tokens names them: have a person of each account open the consent page.",
    };
  if (refreshStuck > 0)
    return {
      message: `The refresh of ${countText(refreshStuck, "token pair")} has no known outcome.`,
      action:
        "End or restart the process that stopped in it; it is tried once more shortly before the access token ends. ghlkit tokens names them.",
    };
  if (renewalDue > 0)
    return {
      message: `The refresh tokens of ${countText(renewalDue, "pair")} end soon.`,
      action: "Run auth.tokens.refreshDue() once a day, or ghlkit tokens to see which.",
    };
  return undefined;
}
