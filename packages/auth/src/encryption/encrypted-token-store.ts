import type { StoredToken, TokenRecord, TokenStore, WriteResult } from "@ghlkit/storage";
import { principalKey } from "../token/principal-key.ts";
import { createTextCipher, type KeyRing, type TextCipher } from "./key-ring.ts";

export interface EncryptedTokenStore extends TokenStore {
  /** Writes every pair that is not under the current key again. Pairs in the middle of a refresh are left for the next run. */
  readonly reencrypt: () => Promise<{ readonly written: number; readonly skipped: number }>;
}

/** A token store whose access and refresh tokens are AES-256-GCM ciphertext at rest; each is bound to its record. */
export function encryptedTokenStore(store: TokenStore, keyRing: KeyRing): EncryptedTokenStore {
  const cipher = createTextCipher(keyRing);
  const open = async (stored: StoredToken | undefined): Promise<StoredToken | undefined> =>
    stored === undefined ? undefined : withTokens(stored, cipher.decrypt);
  const result = async (written: WriteResult<StoredToken>): Promise<WriteResult<StoredToken>> =>
    written.stored ? written : { stored: false, current: await open(written.current) };
  const list: TokenStore["list"] = async function* (query) {
    for await (const stored of store.list(query)) yield (await open(stored)) as StoredToken;
  };
  return {
    get: async (principal) => open(await store.get(principal)),
    put: async (record, expected) => result(await store.put(await withTokens(record, cipher.encrypt), expected)),
    recordIntent: async (...input) => result(await store.recordIntent(...input)),
    clearIntent: async (...input) => result(await store.clearIntent(...input)),
    delete: store.delete,
    list,
    reencrypt: async () => {
      let written = 0;
      let skipped = 0;
      for await (const stored of store.list()) {
        const { accessToken, refreshToken, version, intent } = stored;
        if (cipher.isCurrent(accessToken) && (refreshToken === undefined || cipher.isCurrent(refreshToken))) continue;
        const clear = intent === undefined ? await withTokens(stored, cipher.decrypt) : undefined;
        const again = clear && (await store.put(await withTokens(clear, cipher.encrypt), { expectedVersion: version }));
        if (again?.stored) written += 1;
        else skipped += 1;
      }
      return { written, skipped };
    },
  };
}

async function withTokens<Pair extends TokenRecord>(pair: Pair, change: TextCipher["encrypt"]): Promise<Pair> {
  const key = principalKey(pair.principal);
  const accessToken = await change(pair.accessToken, `${key}/access`);
  const refreshToken = pair.refreshToken === undefined ? {} : { refreshToken: await change(pair.refreshToken, `${key}/refresh`) };
  return { ...pair, accessToken, ...refreshToken };
}
