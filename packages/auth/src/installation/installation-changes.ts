import { detachedListener, type Principal } from "@ghlkit/core";
import type { InstallationStore, StoredInstallation } from "@ghlkit/storage";
import { changeInstallation, type Change, type Changed } from "./change-installation.ts";

/** Makes every change of an installation in this process, and reports it to listeners. */
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

  /** Calls the listener after every change; what it throws is reported as an uncaught error. Returns what ends that. */
  watch(listener: (installation: StoredInstallation) => void): () => void {
    const detached = detachedListener(listener);
    this.#listeners.add(detached);
    return () => void this.#listeners.delete(detached);
  }
}
