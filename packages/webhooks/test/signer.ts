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

/** A body that changes when it is read and written again: spaces, escapes, `1.0`, a number beyond 2^53. */
export function oddBody(change: Readonly<Record<string, unknown>> = {}): string {
  const fields = {
    type: "ContactCreate",
    locationId: "loc-1",
    id: "c-1",
    webhookId: "w-1",
    timestamp: "2026-01-01T00:00:00.000Z",
    appId,
    ...change,
  };
  return `{ "name":"Zo\\u00eb \\/ 10",  "score": 10.0, "big": 12345678901234567890, ${JSON.stringify(fields).slice(1)}`;
}
