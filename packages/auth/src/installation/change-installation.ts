import { ghlError, type Principal } from "@ghlkit/core";
import type {
  Installation,
  InstallationFacts,
  InstallationState,
  InstallationStore,
  ParkedEvent,
  StoredInstallation,
} from "@ghlkit/storage";
import { nextState, type InstallationChange } from "./installation-state.ts";

/** One change of an installation: its state, and what came with it. */
export interface Change {
  /** `undefined`: facts only. */
  readonly change: InstallationChange | undefined;
  readonly reason?: string;
  readonly companyId?: string | undefined;
  readonly facts?: InstallationFacts;
  readonly parked?: readonly ParkedEvent[];
  readonly installedAt?: number;
  readonly uninstalledAt?: number;
  /** Does not make an installation that is not there. */
  readonly onlyKnown?: boolean;
  /** Applies in these states only. */
  readonly only?: readonly InstallationState[];
  /** Judges what stands there at the moment of the write: `false` leaves it as it is. */
  readonly when?: (before: StoredInstallation | undefined) => boolean;
}

export interface Changed {
  /** As it was; `undefined` when it was not there. */
  readonly before: StoredInstallation | undefined;
  readonly installation: StoredInstallation | undefined;
  readonly changed: boolean;
}

/** Applies a change by compare-and-set, read anew until no other write comes in between. */
export async function changeInstallation(store: InstallationStore, principal: Principal, what: Change): Promise<Changed> {
  let before = await store.get(principal);
  for (let turn = 0; turn < 20; turn += 1) {
    if (before === undefined && (what.onlyKnown || what.change === undefined)) return { before, installation: undefined, changed: false };
    const isOther = before !== undefined && what.only !== undefined && !what.only.includes(before.state);
    if (isOther || what.when?.(before) === false) return { before, installation: before, changed: false };
    const result = await store.put(changed(principal, before, what), { expectedVersion: before?.version ?? 0 });
    if (result.stored) return { before, installation: await store.get(principal), changed: true };
    before = result.current;
  }
  throw ghlError("storage", "The installation changes faster than it can be written.", { reason: "busy" }, { principal });
}

function changed(principal: Principal, before: StoredInstallation | undefined, what: Change): Installation {
  const state = (what.change === undefined ? before?.state : nextState(before?.state, what.change)) ?? "pending";
  const companyId = what.companyId ?? before?.companyId;
  const reason = what.reason ?? (state === before?.state ? before.reason : undefined);
  const installedAt = what.installedAt ?? before?.installedAt;
  const uninstalledAt = state === "uninstalled" ? (what.uninstalledAt ?? before?.uninstalledAt) : undefined;
  return {
    principal,
    state,
    facts: { ...before?.facts, ...what.facts },
    parked: what.parked ?? before?.parked ?? [],
    ...(companyId === undefined ? {} : { companyId }),
    ...(reason === undefined ? {} : { reason }),
    ...(installedAt === undefined ? {} : { installedAt }),
    ...(uninstalledAt === undefined ? {} : { uninstalledAt }),
  };
}
