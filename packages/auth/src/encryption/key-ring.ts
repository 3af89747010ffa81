import { ghlError } from "@ghlkit/core";

/** Keys by id; the current one encrypts, all of them decrypt. */
export interface KeyRing {
  readonly current: string;
  /** 32 bytes each, e.g. `crypto.getRandomValues(new Uint8Array(32))`, kept outside the database. */
  readonly keys: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

export interface TextCipher {
  /** `context` binds the result to its place: it cannot be moved to another record. */
  readonly encrypt: (text: string, context: string) => Promise<string>;
  /** Text that was stored before encryption was turned on passes. */
  readonly decrypt: (text: string, context: string) => Promise<string>;
  readonly isCurrent: (text: string) => boolean;
}

const mark = "ghlkit1";

/** AES-256-GCM under the keys of a ring. @throws GhlError `invalid_request` for a ring that cannot work. */
export function createTextCipher({ current, keys }: KeyRing): TextCipher {
  for (const [id, key] of Object.entries(keys))
    if (key.length !== 32 || !/^[\w-]+$/.test(id))
      throw ghlError("invalid_request", `Key "${id}" of the key ring must have 32 bytes and a plain id.`, {});
  if (keys[current] === undefined) throw ghlError("invalid_request", `The key ring has no key "${current}".`, {});
  const imported = new Map(
    Object.entries(keys).map(([id, key]) => [id, crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"])]),
  );
  const parameters = (iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams => {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(context) };
  };
  return {
    encrypt: async (text, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const key = await (imported.get(current) as Promise<CryptoKey>);
      const sealed = await crypto.subtle.encrypt(parameters(iv, context), key, new TextEncoder().encode(text));
      return [mark, current, toBase64(iv), toBase64(new Uint8Array(sealed))].join(":");
    },
    decrypt: async (text, context) => {
      const [found, id = "", iv = "", sealed = ""] = text.split(":");
      if (found !== mark) return text;
      const key = imported.get(id);
      if (key === undefined)
        throw ghlError("storage", `A token is encrypted with key "${id}", which the key ring lacks.`, { reason: "other" });
      try {
        return new TextDecoder().decode(await crypto.subtle.decrypt(parameters(fromBase64(iv), context), await key, fromBase64(sealed)));
      } catch {
        throw ghlError("storage", `A token encrypted with key "${id}" was changed, or the key is another one.`, { reason: "corrupt" });
      }
    },
    isCurrent: (text) => text.startsWith(`${mark}:${current}:`),
  };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
