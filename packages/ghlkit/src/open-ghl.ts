import type { OAuth } from "@ghlkit/auth";
import { runtime } from "@ghlkit/core";
import type { CloseOptions } from "./drain.ts";
import { createGhl, type Ghl, type GhlSettings } from "./create-ghl.ts";
import { processEnv, type Environment } from "./environment.ts";
import { fromEnv } from "./from-env.ts";
import type { EncryptionKey } from "./storage/encryption-key.ts";
import { openStorage, type OpenedStorage } from "./storage/open-storage.ts";
import { storageFromEnv } from "./storage/storage-settings.ts";
import { undiciSend, type UndiciSend } from "./transport/undici-send.ts";

/** A client with its storage. */
export interface OpenedGhl extends Ghl {
  /** `undefined` for a private integration token. */
  readonly auth: OAuth | undefined;
  /** `undefined` when nothing has to be kept; `storage.where` tells people where it is. */
  readonly storage: OpenedStorage | undefined;
  /** Takes no further calls, and resolves when those under way have ended, or their time is up, and the storage is closed. */
  readonly close: (options?: CloseOptions) => Promise<void>;
}

/** What the environment does not say. */
export interface OpenGhlSettings extends Omit<GhlSettings, "storage"> {
  /** Encrypts tokens before they are stored. Default: `GHL_ENCRYPTION_KEY`; without either, tokens are stored as plain text. */
  readonly encryptionKey?: EncryptionKey;
}

/**
 * Everything from the environment: the variables of {@link fromEnv} and {@link storageFromEnv}. A marketplace app has tokens to keep, so
 * without `GHL_DATABASE` it gets the SQLite file `ghlkit.db`; a private token has none and writes nothing.
 *
 * On Node.js requests go through {@link undiciSend}, unless a `fetch` or `transport` is given: mocks that replace the global fetch do not
 * see them.
 *
 * @throws GhlError `invalid_request`, in one sentence, for a start that is half configured; `storage` when the database cannot be opened.
 */
export async function openGhl({ encryptionKey, ...settings }: OpenGhlSettings = {}, env: Environment = processEnv()): Promise<OpenedGhl> {
  const access = fromEnv(env);
  const where = storageFromEnv(env);
  const needsStorage = where?.database !== undefined || access.oauth !== undefined;
  const { clock } = settings;
  const ofProgram = { ...(encryptionKey === undefined ? {} : { encryptionKey }), ...(clock === undefined ? {} : { clock }) };
  const storage = needsStorage ? await openStorage({ ...where, ...ofProgram }) : undefined;
  const transport = ownTransport(settings);
  try {
    const options = {
      ...access,
      ...settings,
      ...(transport === undefined ? {} : { transport }),
      ...(storage === undefined ? {} : { storage }),
    };
    const ghl: Ghl & { readonly auth?: OAuth } = createGhl(options);
    const closeClient = ghl.close;
    const close = async (within?: CloseOptions): Promise<void> => {
      await closeClient(within);
      // A token that is being renewed is waited for: its answer must not be lost.
      await transport?.close();
      await storage?.close();
    };
    return Object.assign(ghl, { auth: ghl.auth, storage, close });
  } catch (error) {
    await storage?.close();
    throw error;
  }
}

/** Where the program names no other way to the network. Bun and Deno bring a fetch of their own, and no undici that would be faster. */
function ownTransport({ fetch, transport }: OpenGhlSettings): UndiciSend | undefined {
  return fetch === undefined && transport === undefined && runtime() === "other" ? undiciSend() : undefined;
}
