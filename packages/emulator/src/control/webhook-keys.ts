import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { createRandom } from "../ids/random.ts";

/** A key pair; the public half as PEM, the way integrations are configured with it. */
export interface WebhookKey {
  readonly privateKey: KeyObject;
  readonly publicPem: string;
}

/** The emulator's own webhook keys: of the current signature and of the legacy one. Never the platform's. */
export interface WebhookKeys {
  readonly ed25519: WebhookKey;
  readonly rsa: WebhookKey;
}

/** PKCS#8 header of an Ed25519 private key (RFC 8410); the 32 bytes of the key follow. */
const ed25519Header = Buffer.from("302e020100300506032b657004220420", "hex");

/** Makes the keys. Ed25519 follows from the seed; RSA cannot, so it is new in every process. */
export async function createWebhookKeys(seed: string): Promise<WebhookKeys> {
  const random = createRandom(`${seed}/webhook-key`);
  const bytes = Buffer.from(Uint32Array.from({ length: 8 }, () => random()).buffer);
  const privateKey = createPrivateKey({ key: Buffer.concat([ed25519Header, bytes]), format: "der", type: "pkcs8" });
  const pair = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return { ed25519: keyOf(privateKey), rsa: keyOf(pair.privateKey) };
}

function keyOf(privateKey: KeyObject): WebhookKey {
  return { privateKey, publicPem: createPublicKey(privateKey).export({ format: "pem", type: "spki" }).toString() };
}
