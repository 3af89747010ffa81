import type { StoredToken, TokenStore, WriteResult } from "@ghlkit/storage";
import { envelopeOf, openRecord, rewrapRecord, sealRecord } from "./envelope.ts";
import { keyRingWrapper, type DataKeyWrapper, type KeyRing } from "./key-ring.ts";

/** Keys of {@link encryptedTokenStore}, and how it treats clear text. */
export interface EncryptedTokenStoreOptions {
  /**
   * Reads pairs that were stored before encryption was turned on.
   * @default `false`: clear text is refused
   */
  readonly acceptPlaintext?: boolean;
}

/** How many stored pairs were rewritten, and which were skipped. */
export interface RewriteReport {
  readonly written: number;
  /** In the middle of a refresh, or changed meanwhile: left for the next run. */
  readonly skipped: number;
}

/** A token store that encrypts what it stores. */
export interface EncryptedTokenStore extends TokenStore {
  /** After a key rotation: wraps the data key of every pair that is not under the current key again. Clear text is encrypted. */
  readonly rewrap: () => Promise<RewriteReport>;
  /** Encrypts every pair again, each under a new data key. */
  readonly reencrypt: () => Promise<RewriteReport>;
}

/**
 * A token store that keeps AES-256-GCM envelopes: tokens and extra fields under a data key of their own, which is wrapped by
 * a key of the ring. Ids, times and scopes stay readable, for queries.
 * @throws GhlError `invalid_request` for a ring that cannot work; its methods `storage` for what does not open.
 */
export function encryptedTokenStore(
  store: TokenStore,
  keys: KeyRing | DataKeyWrapper,
  { acceptPlaintext = false }: EncryptedTokenStoreOptions = {},
): EncryptedTokenStore {
  const wrapper = "wrap" in keys ? keys : keyRingWrapper(keys);
  const openPair = async (stored: StoredToken): Promise<StoredToken> =>
    acceptPlaintext && envelopeOf(stored) === undefined ? stored : openRecord(stored, wrapper);
  const result = async (written: WriteResult<StoredToken>): Promise<WriteResult<StoredToken>> =>
    written.stored ? written : { stored: false, current: written.current && (await openPair(written.current)) };

  async function rewrite(
    isDone: (stored: StoredToken) => boolean,
    again: (stored: StoredToken) => Promise<StoredToken>,
  ): Promise<RewriteReport> {
    const report = { written: 0, skipped: 0 };
    for await (const stored of store.list()) {
      if (isDone(stored)) continue;
      // A write would clear the intent of a refresh under way.
      const written =
        stored.intent === undefined ? await store.put(await again(stored), { expectedVersion: stored.version }) : { stored: false };
      report[written.stored ? "written" : "skipped"] += 1;
    }
    return report;
  }

  return {
    get: async (principal) => {
      const stored = await store.get(principal);
      return stored && openPair(stored);
    },
    put: async (record, expected) => result(await store.put(await sealRecord(record, wrapper), expected)),
    recordIntent: async (...input) => result(await store.recordIntent(...input)),
    clearIntent: async (...input) => result(await store.clearIntent(...input)),
    delete: store.delete,
    async *list(query) {
      for await (const stored of store.list(query)) yield await openPair(stored);
    },
    rewrap: () =>
      rewrite(
        (stored) => envelopeOf(stored)?.keyId === wrapper.current,
        (stored) => rewrapRecord(stored, wrapper),
      ),
    reencrypt: () =>
      rewrite(
        () => false,
        async (stored) => sealRecord(await openPair(stored), wrapper),
      ),
  };
}
