import { md5 } from "./md5.ts";

/** The user of a custom page, as the platform states it. Unknown fields are kept. */
export interface UserContext {
  readonly userId: string;
  readonly companyId: string;
  readonly role?: string;
  readonly type?: string;
  /** Only within a location. */
  readonly activeLocation?: string;
  readonly userName?: string;
  readonly email?: string;
  readonly isAgencyOwner?: boolean;
  readonly [field: string]: unknown;
}

/** A user context that was decrypted, or why it was not. */
export type UserContextResult =
  | { readonly valid: true; readonly context: UserContext }
  /** `malformed`: not an encrypted user context. `undecryptable`: tampered with, or of another shared secret. */
  | { readonly valid: false; readonly reason: "malformed" | "undecryptable" };

/**
 * Opens the payload of `REQUEST_USER_DATA_RESPONSE` with the app's shared secret; several secrets while one is replaced.
 * The payload has neither a date nor a signature: it says who the person is, not that they are there now.
 */
export async function decryptUserContext(payload: string, secrets: string | readonly string[]): Promise<UserContextResult> {
  const bytes = decode(payload);
  if (bytes === undefined) return { valid: false, reason: "malformed" };
  for (const secret of typeof secrets === "string" ? [secrets] : secrets) {
    const context = secret === "" ? undefined : await open(bytes, secret);
    if (context !== undefined) return { valid: true, context };
  }
  return { valid: false, reason: "undecryptable" };
}

/** Bytes of `Salted__`, salt and whole blocks, as OpenSSL and CryptoJS write them. */
function decode(payload: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof payload !== "string" || payload.length > 100_000 || !/^[A-Za-z0-9+/]+={0,2}$/.test(payload.trim())) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.trim()), (char) => char.charCodeAt(0));
    const salted = new TextDecoder().decode(bytes.subarray(0, 8)) === "Salted__";
    return salted && bytes.length >= 32 && bytes.length % 16 === 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

async function open(bytes: Uint8Array<ArrayBuffer>, secret: string): Promise<UserContext | undefined> {
  try {
    const derived = deriveKey(new TextEncoder().encode(secret), bytes.subarray(8, 16));
    const key = await crypto.subtle.importKey("raw", derived.slice(0, 32), "AES-CBC", false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt({ name: "AES-CBC", iv: derived.slice(32, 48) }, key, bytes.subarray(16));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
    const context = value as UserContext | null;
    return typeof context?.userId === "string" && typeof context.companyId === "string" ? context : undefined;
  } catch {
    return undefined;
  }
}

/** EVP_BytesToKey of OpenSSL: MD5, one round, 48 bytes. */
function deriveKey(secret: Uint8Array, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  const derived = new Uint8Array(48);
  let last: Uint8Array = new Uint8Array(0);
  for (let at = 0; at < 48; at += 16) {
    last = md5(Uint8Array.from([...last, ...secret, ...salt]));
    derived.set(last, at);
  }
  return derived;
}
