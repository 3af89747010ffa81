import { oddBody as anyOddBody } from "../src/testing/index.ts";
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** Keys of a platform of the tests' own. */
export interface TestSigner {
  readonly publicPem: string;
  readonly rsaPublicPem: string;
  /** Value of `x-ghl-signature`. */
  readonly sign: (body: Uint8Array | string) => string;
  /** Value of `x-wh-signature`. */
  readonly signRsa: (body: Uint8Array | string) => string;
}

export function createTestSigner(): TestSigner {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { privateKey: rsa } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    publicPem: pem(privateKey),
    rsaPublicPem: pem(rsa),
    sign: (body) => sign(null, Buffer.from(body), privateKey).toString("base64"),
    signRsa: (body) => sign("sha256", Buffer.from(body), rsa).toString("base64"),
  };
}

function pem(key: KeyObject): string {
  return createPublicKey(key).export({ format: "pem", type: "spki" }).toString();
}

export const appId = "app-of-the-tests";

/** The odd body of the forgeries, of this app and with an id. */
export function oddBody(change: Readonly<Record<string, unknown>> = {}): string {
  return anyOddBody({ webhookId: "w-1", appId, ...change });
}
