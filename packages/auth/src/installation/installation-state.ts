import type { InstallationState } from "@ghlkit/storage";

/** What happens to an installation. `listed`: the platform says that it is there, and there is a grant to mint from. */
export type InstallationChange = "install_event" | "listed" | "token" | "grant_dead" | "paused" | "uninstall";

const moves: Readonly<Record<InstallationChange, Readonly<Partial<Record<InstallationState | "none", InstallationState>>>>> = {
  install_event: { none: "pending", uninstalled: "pending", pending: "pending" },
  listed: { none: "active", pending: "active", needs_reconnect: "active", uninstalled: "active" },
  token: { none: "active", pending: "active", needs_reconnect: "active", suspended: "active", uninstalled: "active", active: "active" },
  grant_dead: { pending: "needs_reconnect", active: "needs_reconnect", suspended: "needs_reconnect" },
  paused: { none: "suspended", pending: "suspended", active: "suspended" },
  uninstall: {
    none: "uninstalled",
    pending: "uninstalled",
    active: "uninstalled",
    needs_reconnect: "uninstalled",
    suspended: "uninstalled",
  },
};

/** The state after a change; the same state where the change means nothing to it. */
export function nextState(state: InstallationState | undefined, change: InstallationChange): InstallationState | undefined {
  return moves[change][state ?? "none"] ?? state;
}
