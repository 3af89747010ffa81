import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { createRandom } from "../ids/random.ts";

/** A key pair; the public half as PEM, the way integrations are configured with it. */
export interface WebhookKey {
  readonly privateKey: KeyObject;
  readonly publicPem: string;
}

/** The emulator's own webhook keys, each made when first asked for: of the current signature and of the legacy one. Never the platform's. */
export interface WebhookKeys {
  /** Follows from the seed. */
  readonly ed25519: () => WebhookKey;
  /** Cannot follow from a seed, so it is new in every emulator. */
  readonly rsa: () => Promise<WebhookKey>;
}

/** PKCS#8 header of an Ed25519 private key (RFC 8410); the 32 bytes of the key follow. */
const ed25519Header = Buffer.from("302e020100300506032b657004220420", "hex");

export function createWebhookKeys(seed: string): WebhookKeys {
  let ed25519: WebhookKey | undefined;
  let rsa: Promise<WebhookKey> | undefined;
  return {
    ed25519: () => (ed25519 ??= ed25519Key(seed)),
    rsa: () => (rsa ??= promisify(generateKeyPair)("rsa", { modulusLength: 2048 }).then(({ privateKey }) => keyOf(privateKey))),
  };
}

function ed25519Key(seed: string): WebhookKey {
  const random = createRandom(`${seed}/webhook-key`);
  const bytes = Buffer.from(Uint32Array.from({ length: 8 }, () => random()).buffer);
  return keyOf(createPrivateKey({ key: Buffer.concat([ed25519Header, bytes]), format: "der", type: "pkcs8" }));
}

function keyOf(privateKey: KeyObject): WebhookKey {
  return { privateKey, publicPem: createPublicKey(privateKey).export({ format: "pem", type: "spki" }).toString() };
}
