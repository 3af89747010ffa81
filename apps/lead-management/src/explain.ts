import type { GhlError } from "ghlkit";
import type { UsageError } from "./usage-error.ts";

/** One sentence for the person at the terminal. */
export function explain(error: GhlError | UsageError): string {
  if (!("code" in error)) return error.message;
  switch (error.code) {
    case "token_expired":
    case "token_revoked":
      return "HighLevel does not accept GHL_TOKEN: make or rotate the private integration token of this sub-account.";
    case "resource_forbidden":
      return "GHL_TOKEN belongs to another location than GHL_LOCATION_ID.";
    case "scope_missing":
      return `GHL_TOKEN lacks a scope: ${error.need.join(", ") || "see the message of the platform"}. Add it to the private integration; the token stays the same.`;
    case "network":
      return error.sent
        ? `The connection to HighLevel broke: ${error.message}`
        : "HighLevel cannot be reached: check the network and GHL_BASE_URL.";
    default:
      return error.message;
  }
}
