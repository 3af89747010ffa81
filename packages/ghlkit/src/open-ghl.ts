import type { OAuth } from "@ghlkit/auth";
import type { CloseOptions } from "./drain.ts";
import { createGhl, type Ghl, type GhlSettings } from "./create-ghl.ts";
import { processEnv, type Environment } from "./environment.ts";
import { fromEnv } from "./from-env.ts";
import { openStorage, type OpenedStorage } from "./storage/open-storage.ts";
import { storageFromEnv } from "./storage/storage-settings.ts";

/** A client with its storage. */
export interface OpenedGhl extends Ghl {
  /** `undefined` for a private integration token. */
  readonly auth: OAuth | undefined;
  /** `undefined` when nothing has to be kept; `storage.where` tells people where it is. */
  readonly storage: OpenedStorage | undefined;
  /** Takes no further calls, and resolves when those under way have ended, or their time is up, and the storage is closed. */
  readonly close: (options?: CloseOptions) => Promise<void>;
}

/**
 * Everything from the environment: the variables of {@link fromEnv} and {@link storageFromEnv}. A marketplace app has tokens to keep, so
 * without `GHL_DATABASE` it gets the SQLite file `ghlkit.db`; a private token has none and writes nothing.
 *
 * @throws GhlError `invalid_request`, in one sentence, for a start that is half configured; `storage` when the database cannot be opened.
 */
export async function openGhl(settings: Omit<GhlSettings, "storage"> = {}, env: Environment = processEnv()): Promise<OpenedGhl> {
  const access = fromEnv(env);
  const where = storageFromEnv(env);
  const storage = where === undefined && access.oauth === undefined ? undefined : await openStorage(where);
  try {
    const options = { ...access, ...settings, ...(storage === undefined ? {} : { storage }) };
    const ghl: Ghl & { readonly auth?: OAuth } = createGhl(options);
    const closeClient = ghl.close;
    const close = async (within?: CloseOptions): Promise<void> => {
      await closeClient(within);
      await storage?.close();
    };
    return Object.assign(ghl, { auth: ghl.auth, storage, close });
  } catch (error) {
    await storage?.close();
    throw error;
  }
}
