import { ghlError } from "@ghlkit/core";

const ivBytes = 12;

/** AES-256-GCM under one key: base64 of IV and ciphertext. */
export interface TextCipher {
  /** `context` binds the result to its place: it cannot be moved to another record or field. */
  readonly seal: (bytes: Uint8Array<ArrayBuffer>, context: string) => Promise<string>;
  /** @throws GhlError `storage` (`corrupt`) for what was changed, moved, or sealed under another key. */
  readonly open: (sealed: string, context: string) => Promise<Uint8Array<ArrayBuffer>>;
}

export async function createTextCipher(key: Uint8Array<ArrayBuffer>): Promise<TextCipher> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  const parameters = (iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams => {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(context) };
  };
  return {
    seal: async (bytes, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(iv, context), imported, bytes));
      return btoa(String.fromCharCode(...iv, ...sealed));
    },
    open: async (text, context) => {
      try {
        const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
        const [iv, sealed] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes)];
        return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, context), imported, sealed));
      } catch {
        throw ghlError("storage", "An encrypted token was changed, or its key is another one.", { reason: "corrupt" });
      }
    },
  };
}
