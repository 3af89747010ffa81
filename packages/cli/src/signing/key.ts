import type { Report } from "../report.ts";
import { createSigningEmulator } from "./emulator-signer.ts";

/** The public key of what `trigger` and `doctor` send, for `additionalKeys` of an endpoint under development. */
export async function showKey(seed: string): Promise<Report> {
  const { ed25519 } = await createSigningEmulator(seed).webhookPublicKeys();
  const warning =
    "For additionalKeys of an endpoint under development. Never trust it in production: anyone with the seed can sign with it.";
  return { ok: true, json: { ed25519 }, text: ed25519, warning };
}
