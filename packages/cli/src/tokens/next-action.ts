import type { Account } from "ghlkit/health";
import type { ListedPrivateToken } from "./private-tokens.ts";

/** What is next for a token. */
export interface NextAction {
  /** It should be done now: `--check` ends with 1. */
  readonly isDue: boolean;
  readonly text: string;
}

const dayMs = 86_400_000;
const nothing: NextAction = { isDue: false, text: "none" };

/** A private token has no end: its age alone counts. */
export function nextOfPrivate(
  { createdAt }: ListedPrivateToken,
  { now, rotateAfterDays }: { readonly now: number; readonly rotateAfterDays: number },
): NextAction {
  if (createdAt === undefined)
    return { isDue: false, text: "state when it was made: GHL_TOKEN_CREATED_AT, or createdAt in the file of --tokens" };
  const leftDays = Math.ceil((createdAt + rotateAfterDays * dayMs - now) / dayMs);
  if (leftDays > 0) return { isDue: false, text: `rotate in ${leftDays} days` };
  return { isDue: true, text: "rotate it with an overlap (Settings → Private Integrations), and give rotatingPrivateIntegration() both" };
}

/** What has to be done for an account of an app. */
export function nextOfAccount({ action, state, reason = "" }: Account): NextAction {
  if (action === "reconnect") return { isDue: true, text: `have a person of the account open the consent page: ${reason}` };
  if (action === "look_after_refresh") return { isDue: true, text: `end or restart the process that stopped in its refresh: ${reason}` };
  if (action === "renew") return { isDue: true, text: `run auth.tokens.refreshDue(): ${reason}` };
  if (action === "wait_for_install") return { isDue: false, text: `finish the installation: ${reason}` };
  return state === "suspended" ? { isDue: false, text: `wait until the account is active again: ${reason}` } : nothing;
}
