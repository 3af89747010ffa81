import type { Principal } from "@ghlkit/core";
import type { InstallationStore } from "@ghlkit/storage";

/** Whether the app was taken off a resource, or off the company of a location. What was never installed was not taken off. */
export async function isUninstalled(store: InstallationStore, principal: Principal): Promise<boolean> {
  const known = await store.get(principal);
  if (known?.state === "uninstalled" || principal.kind === "company") return known?.state === "uninstalled";
  if (known?.companyId === undefined) return false;
  const company = await store.get({ app: principal.app, kind: "company", resource: known.companyId });
  return company?.state === "uninstalled";
}
