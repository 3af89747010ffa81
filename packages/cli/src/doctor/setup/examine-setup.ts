import { isGhlError } from "ghlkit";
import { appStorage } from "../../fields/with-env-storage.ts";
import { printable } from "../../printable.ts";
import type { Report } from "../../report.ts";
import { checkAnswers } from "./checks/check-answers.ts";
import { checkClock } from "./checks/check-clock.ts";
import { checkRate } from "./checks/check-rate.ts";
import { checkScopes, grantedScopes } from "./checks/check-scopes.ts";
import { checkStore } from "./checks/check-store.ts";
import { checkToken } from "./checks/check-token.ts";
import { checkVersion } from "./checks/check-version.ts";
import { checkWebhookUrl } from "./checks/check-webhook-url.ts";
import type { SetupCheck } from "./setup-check.ts";
import { setupText } from "./setup-text.ts";
import { openTarget, type Target } from "./target.ts";

/** Options of `ghlkit doctor`. */
export interface SetupOptions {
  /** Location of an app to look at; default: the first that is installed. */
  readonly location?: string;
  /** Public address of the webhook endpoint. */
  readonly webhooks?: string;
}

/** Looks at token, Version, clock, scopes, store and webhook address. Reads only; of the store a lease is written. @throws UsageError */
export async function examineSetup({ location, webhooks }: SetupOptions): Promise<Report> {
  const checks: SetupCheck[] = [];
  const target = await opened(location, checks);
  try {
    if (target !== undefined) checks.push(...(await checkAccess(target)));
  } finally {
    await target?.close();
  }
  checks.push(await checkStore(target?.isApp ?? process.env["GHL_CLIENT_ID"] !== undefined));
  checks.push(
    webhooks === undefined
      ? {
          name: "webhooks",
          verdict: "info",
          detail: "not looked at.",
          action: "--webhooks <url> posts a delivery without a signature to your public address.",
        }
      : await checkWebhookUrl(webhooks),
  );
  return { ok: checks.every(({ verdict }) => verdict !== "failed"), json: checks, text: setupText(checks) };
}

/** A store that cannot be opened is a finding of its own, see {@link checkStore}. */
async function opened(location: string | undefined, checks: SetupCheck[]): Promise<Target | undefined> {
  try {
    const target = await openTarget(location);
    if (target === undefined) checks.push(notInstalled());
    else checks.push({ name: "access", verdict: "ok", detail: `${target.access}, for ${target.kind} ${target.resource}.` });
    return target;
  } catch (error) {
    if (!isGhlError(error, "storage")) throw error;
    checks.push({ name: "token", verdict: "failed", detail: "The tokens cannot be read.", action: "See the store below." });
    return undefined;
  }
}

function notInstalled(): SetupCheck {
  const { settings, isMissing } = appStorage();
  return {
    name: "token",
    verdict: "failed",
    detail: isMissing ? `There is no file ${printable(settings.database)} with tokens of the app.` : "The app is installed nowhere.",
    action: "Have a person open the consent page; GHL_DATABASE names where the app keeps its tokens.",
  };
}

async function checkAccess(target: Target): Promise<readonly SetupCheck[]> {
  const { check, answer } = await checkToken(target);
  if (check.verdict === "failed") return [check];
  const ofAnswer = answer === undefined ? [] : [checkClock(answer), checkRate(answer.headers)];
  const scopes = target.granted === undefined ? target.location && (await checkScopes(target.location)) : grantedScopes(target.granted);
  return [check, ...ofAnswer, await checkVersion(target), ...(scopes === undefined ? [] : [scopes]), checkAnswers(target.drift)];
}
