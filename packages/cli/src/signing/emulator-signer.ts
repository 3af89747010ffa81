import { randomUUID } from "node:crypto";
import { createEmulator, type Emulator } from "@ghlkit/emulator";
import type { ForgerySigner } from "@ghlkit/webhooks/testing";

/** The seed whose key signs when none is given: the emulator's own default. */
export const defaultSeed = "ghlkit";

/** An emulator that signs with both headers. Anyone with its seed can sign as it does. */
export function createSigningEmulator(seed: string): Emulator {
  return createEmulator({ seed, webhooks: { whSignature: "signed" } });
}

/** Signatures by the emulator of a seed, and by one with a secret seed. */
export function createEmulatorSigner(seed: string): ForgerySigner {
  const known = createSigningEmulator(seed);
  const stranger = createSigningEmulator(randomUUID());
  return {
    sign: (body) => header(known, body, "x-ghl-signature"),
    signRsa: (body) => header(known, body, "x-wh-signature"),
    signAsStranger: (body) => header(stranger, body, "x-ghl-signature"),
  };
}

async function header(emulator: Emulator, body: string | Uint8Array, name: string): Promise<string> {
  const { headers } = await emulator.webhooks.sign(body);
  return headers[name] ?? "";
}
