import type { Principal } from "@ghlkit/core";
import type { InstallationFacts, StoredInstallation } from "@ghlkit/storage";
import { activateLocation } from "./activate-location.ts";
import { findCompany } from "./find-company.ts";
import { companyOf, type InstallationParts } from "./installation-parts.ts";
import { principalOfEvent, type LifecycleEvent } from "./lifecycle-event.ts";
import { markUninstalled } from "./mark-uninstalled.ts";

/** Applies a lifecycle event. Events come more than once and in any order: one that is older than what is known changes nothing. */
export async function applyEvent(parts: InstallationParts, event: LifecycleEvent): Promise<StoredInstallation | undefined> {
  const { app, store, change } = parts;
  const principal = principalOfEvent(event, app);
  if (principal === undefined) return undefined;
  const known = await store.get(principal);
  const at = Date.parse(String(event["timestamp"]));
  if (isStale(event, at, known)) return known;
  if (event.type === "UNINSTALL") {
    const facts = Number.isNaN(at) ? {} : { eventAt: at };
    // A consent that is written meanwhile makes an event stale, too.
    const when = (before: StoredInstallation | undefined): boolean => !isStale(event, at, before);
    return markUninstalled(parts, principal, { reason: "The platform reported that the app was uninstalled.", facts, when });
  }
  const facts = factsOf(event, at);
  if (event.type === "INSTALL") return install(parts, { principal, event, facts, known });
  return (await change(principal, { change: undefined, facts })).installation;
}

function isStale(event: LifecycleEvent, at: number, known: StoredInstallation | undefined): boolean {
  if (Number.isNaN(at) || known === undefined || (event.type !== "INSTALL" && event.type !== "UNINSTALL")) return false;
  if (at < Number(known.facts["eventAt"] ?? 0)) return true;
  // An INSTALL delivered again must not undo an uninstall of ours; the clocks may differ by minutes.
  if (event.type === "INSTALL") return known.state === "uninstalled" && at < (known.uninstalledAt ?? 0) - 300_000;
  // A late UNINSTALL of what was consented to again in the meantime must not cost the new pair.
  return known.state !== "uninstalled" && at < (known.installedAt ?? 0);
}

interface Install {
  readonly principal: Principal;
  readonly event: LifecycleEvent;
  readonly facts: InstallationFacts;
  readonly known: StoredInstallation | undefined;
}

/** Parks the event until there is a grant: at once where a company's pair is at hand. */
async function install(parts: InstallationParts, { principal, event, facts, known }: Install): Promise<StoredInstallation | undefined> {
  const { store, tokenStore, change, clock } = parts;
  if (known?.state === "active") return (await change(principal, { change: undefined, companyId: event.companyId, facts })).installation;
  const parked = [{ type: event.type, receivedAt: clock.now(), body: event }];
  await change(principal, { change: "install_event", companyId: event.companyId, facts, parked });
  if (principal.kind === "company") return store.get(principal);
  // INSTALL of a location created later may come without its company.
  const companyId = event.companyId ?? known?.companyId ?? (await findCompany(parts, principal));
  const hasGrant = companyId !== undefined && (await tokenStore.get(companyOf(parts, companyId))) !== undefined;
  if (hasGrant) await activateLocation(parts, principal.resource, { companyId, installedAt: clock.now() });
  return store.get(principal);
}

function factsOf(event: LifecycleEvent, at: number): InstallationFacts {
  const { type, appId: _app, locationId: _location, companyId: _company, timestamp: _at, webhookId: _id, newPlanId, ...facts } = event;
  return {
    ...facts,
    ...(typeof newPlanId === "string" ? { planId: newPlanId } : {}),
    ...(Number.isNaN(at) || type !== "INSTALL" ? {} : { eventAt: at }),
  };
}
