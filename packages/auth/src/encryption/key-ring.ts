import { ghlError, preparedOnce, type Bytes } from "@ghlkit/core";
import { createTextCipher } from "./text-cipher.ts";

/** Keys by id; the current one wraps, all of them unwrap. */
export interface KeyRing {
  readonly current: string;
  /** 32 bytes each, e.g. `crypto.getRandomValues(new Uint8Array(32))`, kept outside the database. */
  readonly keys: Readonly<Record<string, Bytes>>;
}

/** Wraps and unwraps data keys: a key ring, or a key service of your own (a KMS), whose key then never leaves it. */
export interface DataKeyWrapper {
  /** Id of the key that wraps now. */
  readonly current: string;
  /** `context` names the record: the result opens for no other. Data keys have 32 bytes. */
  readonly wrap: (dataKey: Bytes, context: string) => Promise<string>;
  readonly unwrap: (wrapped: string, keyId: string, context: string) => Promise<Bytes>;
}

/** Wraps data keys by AES-256-GCM under the keys of a ring. @throws GhlError `invalid_request` for a ring that cannot work. */
export function keyRingWrapper({ current, keys }: KeyRing): DataKeyWrapper {
  for (const [id, key] of Object.entries(keys))
    if (key.length !== 32 || !/^[\w.-]+$/.test(id))
      throw ghlError("invalid_request", `Key "${id}" of the key ring must have 32 bytes and a plain id.`, {});
  if (keys[current] === undefined) throw ghlError("invalid_request", `The key ring has no key "${current}".`, {});
  const ciphers = new Map(Object.entries(keys).map(([id, key]) => [id, preparedOnce(() => createTextCipher(key))]));
  return {
    current,
    wrap: async (dataKey, context) => (await ciphers.get(current)?.())?.seal(dataKey, context) ?? "",
    unwrap: async (wrapped, id, context) => {
      const cipher = await ciphers.get(id)?.();
      if (cipher === undefined)
        throw ghlError("storage", `A token is encrypted under key "${id}", which the key ring lacks.`, { reason: "other" });
      return cipher.open(wrapped, context);
    },
  };
}
