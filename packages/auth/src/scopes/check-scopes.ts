import { ghlError, originOf, type CallContext } from "@ghlkit/core";

/**
 * Refuses a call whose scope the installation is known not to have. Where either side is unknown the platform decides.
 * @throws GhlError `scope_missing`, before anything is sent.
 */
export function checkScopes(context: CallContext, granted: readonly string[]): void {
  const need = context.operation?.scopes ?? [];
  if (need.length === 0 || granted.length === 0) return;
  const missing = need.filter((scope) => !granted.includes(scope));
  // The documents list alternatives and conjunctions alike: only a call with none of them certainly fails.
  if (missing.length < need.length) return;
  const message = `${context.operation?.id}: the installation has none of ${need.join(", ")}. Add the scope to the app and consent again.`;
  throw ghlError("scope_missing", message, { status: 401, need: missing }, originOf(context));
}
