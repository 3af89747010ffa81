import type { Principal } from "@ghlkit/core";
import type { InstallationStore, StoredInstallation } from "@ghlkit/storage";
import { changeInstallation, type Change, type Changed } from "./change-installation.ts";

/** Every change of an installation that this process makes, and those who watch them. */
export class InstallationChanges {
  readonly #store: InstallationStore;
  readonly #listeners = new Set<(installation: StoredInstallation) => void>();

  constructor(store: InstallationStore) {
    this.#store = store;
  }

  /** Applies a change, and reports it where it changed something. */
  readonly change = async (principal: Principal, what: Change): Promise<Changed> => {
    const result = await changeInstallation(this.#store, principal, what);
    const { installation, changed } = result;
    if (installation !== undefined && changed) for (const listener of this.#listeners) listener(installation);
    return result;
  };

  /** Calls the listener after every change. Returns what ends that. */
  watch(listener: (installation: StoredInstallation) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
