import { preparedOnce, type Bytes } from "@ghlkit/core";
import { checkPublicKey, preparePublicKey, type CryptoEngine, type PublicKey } from "../verify/public-key.ts";
import { platformEd25519Key, platformRsaKey } from "../verify/platform-keys.ts";
import type { HeadersLike } from "../verify/raw-delivery.ts";
import { readSignature } from "../verify/signature-header.ts";
import { reject } from "../verify/rejection.ts";
import type { SourceCheck } from "./create-source.ts";

/** Whose signatures count. */
export interface SignatureKeys {
  /** Ed25519 public keys that count beside the platform's: PEM or base64 SPKI. For a rotation, and for the emulator. */
  readonly additionalKeys?: readonly string[];
  /**
   * Whether a delivery without `x-ghl-signature` may carry the legacy `x-wh-signature` (RSA) instead, which the platform has
   * announced to end. `additionalKeys` are RSA keys that count beside the platform's.
   * @default false
   */
  readonly legacyRsa?: boolean | { readonly additionalKeys: readonly string[] };
  /** @default `auto`: Node's own crypto where there is one, else WebCrypto */
  readonly engine?: CryptoEngine;
}

/** Judges the signature headers: valid when one of the keys fits. */
export type SignatureCheck = (body: Bytes, headers: HeadersLike) => Promise<SourceCheck>;

/**
 * Prepares the keys once, at the first delivery.
 * @throws GhlError `invalid_request` at once, for a key that is none.
 */
export function createSignatureCheck({ additionalKeys = [], legacyRsa = false, engine = "auto" }: SignatureKeys): SignatureCheck {
  const legacyKeys = typeof legacyRsa === "object" ? legacyRsa.additionalKeys : [];
  additionalKeys.forEach((key, at) => checkPublicKey(`additionalKeys[${at}]`, key, "ed25519", engine));
  legacyKeys.forEach((key, at) => checkPublicKey(`legacyRsa.additionalKeys[${at}]`, key, "rsa", engine));
  const current = prepared([platformEd25519Key, ...additionalKeys], "ed25519", engine);
  const legacy = legacyRsa === false ? undefined : prepared([platformRsaKey, ...legacyKeys], "rsa", engine);

  return async (body, headers) => {
    const signature = readSignature(headers, "x-ghl-signature");
    if (signature !== undefined) return signature.valid ? judge(await current(), body, signature.signature) : signature;
    const old = legacy === undefined ? undefined : readSignature(headers, "x-wh-signature");
    if (old === undefined || legacy === undefined) return reject("signature_missing");
    return old.valid ? judge(await legacy(), body, old.signature) : old;
  };
}

function prepared(texts: readonly string[], algorithm: "ed25519" | "rsa", engine: CryptoEngine): () => Promise<PublicKey[]> {
  return preparedOnce(() => Promise.all(texts.map((text) => preparePublicKey(text, algorithm, engine))));
}

/** The key that fitted last is tried first: deliveries are signed with one key for years. */
async function judge(keys: PublicKey[], body: Bytes, signature: Bytes): Promise<SourceCheck> {
  const able = keys.filter(({ signatureBytes }) => signatureBytes === signature.length);
  if (able.length === 0) return reject("signature_malformed");
  for (const key of able) {
    if (!(await key.fits(body, signature))) continue;
    if (keys[0] !== key) keys.unshift(...keys.splice(keys.indexOf(key), 1));
    return { valid: true };
  }
  return reject("signature_wrong");
}
