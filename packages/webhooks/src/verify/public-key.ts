import { ghlError, type Bytes, type GhlError } from "@ghlkit/core";
import { nodeCrypto } from "./node-crypto.ts";

export type KeyAlgorithm = "ed25519" | "rsa";

/** Where keys come from and who computes. `auto`: Node's own crypto where there is one, else WebCrypto. */
export type CryptoEngine = "auto" | "webcrypto";

/** A public key, prepared once. */
export interface PublicKey {
  /** Whether the signature is this key's over the body. */
  readonly fits: (body: Bytes, signature: Bytes) => boolean | Promise<boolean>;
  /** Length of its signatures. */
  readonly signatureBytes: number;
}

/**
 * Prepares a public key: PEM, or base64 of its SPKI.
 * @throws GhlError `invalid_request` when it is none.
 */
export async function preparePublicKey(text: string, algorithm: KeyAlgorithm, engine: CryptoEngine = "auto"): Promise<PublicKey> {
  try {
    const spki = readSpki(text);
    return (engine === "auto" ? nodeKey(spki, algorithm) : undefined) ?? (await webKey(spki, algorithm));
  } catch (cause) {
    throw notAKey("A public key", algorithm, cause);
  }
}

/**
 * Reads a key as far as that goes without waiting, so that a wrong one is refused when it is given and not at the first delivery: whole with Node's own crypto, the
 * base64 alone elsewhere.
 * @param option Where it was given.
 * @throws GhlError `invalid_request` when it is none.
 */
export function checkPublicKey(option: string, text: string, algorithm: KeyAlgorithm, engine: CryptoEngine): void {
  try {
    const spki = readSpki(text);
    if (engine === "auto") nodeKey(spki, algorithm);
  } catch (cause) {
    throw notAKey(option, algorithm, cause);
  }
}

function notAKey(what: string, algorithm: KeyAlgorithm, cause: unknown): GhlError {
  const name = algorithm === "rsa" ? "RSA" : "Ed25519";
  return ghlError("invalid_request", `${what} is not an ${name} key in PEM or base64 SPKI.`, {}, { cause });
}

/** @throws Error for what is no base64. */
function readSpki(text: string): Bytes {
  const base64 = text.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** With a prepared key object a check takes half the time of one that reads the key anew. */
function nodeKey(spki: Bytes, algorithm: KeyAlgorithm): PublicKey | undefined {
  const crypto = nodeCrypto();
  if (crypto === undefined) return undefined;
  const key = crypto.createPublicKey({ key: spki, format: "der", type: "spki" });
  if (key.asymmetricKeyType !== algorithm) throw new TypeError(`The key is of type ${key.asymmetricKeyType ?? "unknown"}.`);
  const digest = algorithm === "rsa" ? "sha256" : null;
  const signatureBytes = algorithm === "rsa" ? (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 : 64;
  return { signatureBytes, fits: (body, signature) => crypto.verify(digest, body, key, signature) };
}

async function webKey(spki: Bytes, algorithm: KeyAlgorithm): Promise<PublicKey> {
  const name = algorithm === "rsa" ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : { name: "Ed25519" };
  const key = await crypto.subtle.importKey("spki", spki, name, false, ["verify"]);
  const { modulusLength } = key.algorithm as { readonly modulusLength?: number };
  return {
    signatureBytes: modulusLength === undefined ? 64 : modulusLength / 8,
    fits: (body, signature) => crypto.subtle.verify(name, key, signature, body),
  };
}
