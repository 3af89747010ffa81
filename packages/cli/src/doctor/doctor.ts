import { randomUUID } from "node:crypto";
import { createForgeries, type Forgery } from "@ghlkit/webhooks/testing";
import { parseLocalUrl, shownUrl } from "../options/url.ts";
import { postDelivery } from "../post-delivery.ts";
import type { Report } from "../report.ts";
import { createEmulatorSigner, createSigningEmulator } from "../signing/emulator-signer.ts";
import { doctorText } from "./doctor-text.ts";
import { judge, trustsKey, type Finding } from "./judge.ts";

export interface DoctorOptions {
  readonly app?: string;
  readonly seed: string;
  readonly allowRemote?: boolean;
}

/** Tries an endpoint with everything that is genuine and everything that is not. Ok when it accepts exactly the genuine ones. */
export async function examineEndpoint(address: string, options: DoctorOptions): Promise<Report> {
  const url = parseLocalUrl(address, options.allowRemote === true);
  const findings: Finding[] = [];
  for (const delivery of await deliveries(options)) {
    findings.push(judge(delivery, await postDelivery(url, delivery)));
  }
  const { ed25519: publicKey } = await createSigningEmulator(options.seed).webhookPublicKeys();
  const result = { url: shownUrl(url), findings, trusted: trustsKey(findings), publicKey };
  const count = (outcome: Finding["outcome"]): number => findings.filter((finding) => finding.outcome === outcome).length;
  const counts = { accepted: count("accepted"), rejected: count("rejected"), unclear: count("unclear"), right: count("right") };
  const ok = counts.accepted === 0 && counts.rejected === 0;
  return { ok, json: { ok, counts, ...result }, text: doctorText(result) };
}

/** The matrix, and the first genuine delivery once more: what was known must not be refused. */
async function deliveries({ app, seed }: DoctorOptions): Promise<readonly Forgery[]> {
  // Ids of this run: an endpoint that detects duplicates has to see new ones.
  const naming = { idPrefix: `doctor-${randomUUID()}`, ...(app !== undefined && { appId: app }) };
  const matrix = await createForgeries(createEmulatorSigner(seed), naming);
  return [...matrix, ...matrix.slice(0, 1).map((first) => ({ ...first, name: "sent twice" }))];
}
