import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** Without a hyphen: the official client takes what stands before the first one of the client id. */
export const appId = "benchapp";
const { privateKey } = generateKeyPairSync("ed25519");
export const publicPem: string = createPublicKey(privateKey).export({ format: "pem", type: "spki" }).toString();

export interface SignedBody {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly signature: string;
}

/** A contact event of about 2 kB, another for each number, about one of so many contacts. */
export function signedBody(at: number, contacts = 5000): SignedBody {
  const fields = {
    type: "ContactUpdate",
    appId,
    locationId: "loc-1",
    id: `contact-${at % contacts}`,
    webhookId: `bench-${at}`,
    timestamp: new Date(1_780_000_000_000 + at).toISOString(),
    email: `person-${at}@example.com`,
    customFields: Array.from({ length: 30 }, (_, field) => ({ id: `field-${field}`, value: `value ${field} of ${at}: ${"x".repeat(16)}` })),
  };
  const body = new TextEncoder().encode(JSON.stringify(fields));
  return { body, signature: sign(null, body, privateKey).toString("base64") };
}
