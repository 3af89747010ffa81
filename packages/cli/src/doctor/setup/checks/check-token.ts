import { isGhlError, type GhlError } from "ghlkit";
import type { Target } from "../target.ts";
import type { SetupCheck } from "../setup-check.ts";

/** What the first call showed. */
export interface TokenResult {
  readonly check: SetupCheck;
  /** The headers of its answer; absent where the platform refused it. */
  readonly answer?: { readonly headers: Headers; readonly sentAt: number; readonly receivedAt: number };
}

/** Reads the location or company that the token is for: one call that needs nothing else. */
export async function checkToken({ kind, resource, read }: Target): Promise<TokenResult> {
  const sentAt = Date.now();
  try {
    const headers = await read();
    const receivedAt = Date.now();
    return {
      check: { name: "token", verdict: "ok", detail: `HighLevel takes it for ${kind} ${resource}.` },
      answer: { headers, sentAt, receivedAt },
    };
  } catch (error) {
    if (!isGhlError(error)) throw error;
    return { check: judge(error, { kind, resource }) };
  }
}

function judge(error: GhlError, { kind, resource }: Pick<Target, "kind" | "resource">): SetupCheck {
  // The platform knows the token and refuses what it may not read.
  if (error.code === "scope_missing")
    return {
      name: "token",
      verdict: "warning",
      detail: `HighLevel knows it, and it may not read its ${kind}.`,
      action: `Add the scope ${kind === "location" ? "locations.readonly" : "companies.readonly"}, which most integrations need.`,
    };
  return { name: "token", verdict: "failed", detail: `${error.code}: ${error.message}`, action: actionOf(error, kind, resource) };
}

function actionOf(error: GhlError, kind: string, resource: string): string {
  switch (error.code) {
    case "token_revoked":
    case "token_expired":
      return "Look whether it was copied whole, and whether it was rotated or deleted in Settings → Private Integrations. An app: have the account consent again.";
    case "token_kind":
      return "Use a token of the other kind: those of a location are made in its own settings, those of a company in the agency's.";
    case "resource_forbidden":
    case "not_found":
      return `The token is not one of ${kind} ${resource}: correct the id, or make a token there.`;
    case "resource_inactive":
      return "The account is paused: have it made active again in HighLevel.";
    case "network":
    case "timeout":
    case "circuit_open":
      return "The host cannot be reached: look at network, proxy (HTTPS_PROXY), firewall, and GHL_BASE_URL if it is set.";
    case "version_rejected":
    case "route_unavailable":
      return "The host does not take the Version header of the call: look whether a proxy drops or changes it, and whether GHL_BASE_URL is right.";
    case "rate_burst":
    case "rate_daily":
      return "The rate limit of the account is used up: run it again later, and find what spends the calls.";
    default:
      return `See docs/errors.md#${error.code}.`;
  }
}
