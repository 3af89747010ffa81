import { ghlError } from "@ghlkit/core";
import type { Installation, InstallationQuery, InstallationState } from "../installation-store.ts";
import { checkPrincipal } from "./check-key.ts";

const states: readonly InstallationState[] = ["pending", "active", "needs_reconnect", "suspended", "uninstalled"];

/** The part of an installation that engines keep as one text: all but version and the store's times. */
export function encodeInstallationBody(record: Installation): string {
  const { principal, companyId, state, reason, facts, parked, installedAt, uninstalledAt } = record;
  const key = checkPrincipal(principal);
  if (!states.includes(state)) throw ghlError("invalid_request", `state must be one of ${states.join(", ")}.`, {});
  return JSON.stringify({ principal: key, companyId, state, reason, facts, parked, installedAt, uninstalledAt });
}

/** The inverse of {@link encodeInstallationBody}. */
export function decodeInstallationBody(body: string): Installation {
  return JSON.parse(body) as Installation;
}

/** The states a query asks for; `undefined` for all. */
export function statesOf({ state }: InstallationQuery): readonly InstallationState[] | undefined {
  return state === undefined || typeof state !== "string" ? state : [state];
}
