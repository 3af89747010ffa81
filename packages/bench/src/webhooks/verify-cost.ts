import { createPublicKey, verify } from "node:crypto";
import { createMarketplaceSource, type WebhookSource } from "@ghlkit/webhooks";
import { measure, median, type Measure } from "../measure.ts";
import { createOfficialCheck } from "./official-check.ts";
import { appId, publicPem, signedBody } from "./signed-body.ts";

const rounds = 15;
const perRound = 384;
const inFlight = 32;

/** Verify and parse, relative to `crypto.verify` with a prepared key: interleaved rounds, medians of their ratios. */
export async function verifyCost(): Promise<readonly Measure[]> {
  const signed = signedBody(0);
  const { body, signature } = signed;
  const key = createPublicKey(publicPem);
  const bytes = Buffer.from(signature, "base64");
  const delivery = { body, headers: { "x-ghl-signature": signature, "content-type": "application/json" } };
  const source = (engine: "auto" | "webcrypto"): WebhookSource => createMarketplaceSource({ appId, engine, additionalKeys: [publicPem] });
  const [node, web] = [source("auto"), source("webcrypto")];
  const bare = async (): Promise<void> => {
    for (let at = 0; at < perRound; at += 1) verify(null, body, key, bytes);
  };
  const oneByOne = async (): Promise<void> => {
    for (let at = 0; at < perRound; at += 1) await accepted(node, delivery);
  };
  const together = async (): Promise<void> => {
    for (let at = 0; at < perRound; at += inFlight) await Promise.all(Array.from({ length: inFlight }, () => accepted(web, delivery)));
  };
  const checkOfficially = createOfficialCheck(signed);
  const official = async (): Promise<void> => {
    for (let at = 0; at < perRound; at += 1) await checkOfficially();
  };
  const ratios: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    const check = await timed(bare);
    for (const [at, run] of [oneByOne, together, official].entries()) ratios[at]?.push(check / (await timed(run)));
  }
  const against = { "official 3.1.0": median(ratios[2]) };
  return [
    measure(`verify + parse of ${body.length} bytes, speed relative to crypto.verify`, median(ratios[0]), "x", { atLeast: 0.85 }, against),
    measure(`the same with WebCrypto, ${inFlight} in flight`, median(ratios[1]), "x", { atLeast: 1.2 }, against),
  ];
}

async function accepted(source: WebhookSource, delivery: Parameters<WebhookSource["verify"]>[0]): Promise<void> {
  const { valid } = await source.verify(delivery);
  if (!valid) throw new Error("a genuine delivery was refused");
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
