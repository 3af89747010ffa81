import { sign } from "node:crypto";
import type { WebhookKeys } from "./webhook-keys.ts";
import type { SignatureHeader } from "./webhook-options.ts";

/** Headers that vouch for a body. */
export type Signer = (body: Uint8Array) => Promise<Readonly<Record<string, string>>>;

/** Signs bytes as the platform does: Ed25519 over them, and RSA PKCS#1 v1.5 with SHA-256, each in Base64. */
export function createSigner(
  keys: WebhookKeys,
  { ghlSignature, whSignature }: { readonly ghlSignature: SignatureHeader; readonly whSignature: SignatureHeader },
): Signer {
  return async (body) => ({
    ...(ghlSignature === "signed" && { "x-ghl-signature": sign(null, body, keys.ed25519().privateKey).toString("base64") }),
    ...(ghlSignature === "N/A" && { "x-ghl-signature": "N/A" }),
    ...(whSignature === "signed" && { "x-wh-signature": sign("sha256", body, (await keys.rsa()).privateKey).toString("base64") }),
    ...(whSignature === "N/A" && { "x-wh-signature": "N/A" }),
  });
}
