import { createPublicKey, verify } from "node:crypto";
import { createMarketplaceSource, type WebhookSource } from "@ghlkit/webhooks";
import { measure, median, type Measure } from "../measure.ts";
import { createOfficialCheck } from "./official-check.ts";
import { idleMachine } from "./idle-machine.ts";
import { inFlight } from "./load.ts";
import { appId, publicPem, signedBody, type SignedBody } from "./signed-body.ts";

/** Short ones, so that what else the machine does meets both sides of a ratio. */
const rounds = 61;
/** Before them, not counted: a receiver is seldom as young as this process. */
const warmUp = 15;
const perRound = Array.from({ length: 96 }, (_, at) => at);
const together = 32;

/** Verify and parse, relative to `crypto.verify` with a prepared key: interleaved rounds, medians of their ratios. */
export async function verifyCost(): Promise<readonly Measure[]> {
  const signed = signedBody(0);
  const { body, signature } = signed;
  const key = createPublicKey(publicPem);
  const bytes = Buffer.from(signature, "base64");
  const delivery = { body, headers: { "x-ghl-signature": signature, "content-type": "application/json" } };
  const source = (engine: "auto" | "webcrypto"): WebhookSource => createMarketplaceSource({ appId, engine, additionalKeys: [publicPem] });
  const [node, web, official] = [source("auto"), source("webcrypto"), createOfficialCheck(signed)];
  const subtle = await createBareWebCheck(signed);
  const contenders = {
    node: () => inFlight(1, perRound, () => accepted(node, delivery)),
    official: () => inFlight(1, perRound, official),
    web: () => inFlight(together, perRound, () => accepted(web, delivery)),
    subtle: () => inFlight(together, perRound, subtle),
  };
  const bare = async (): Promise<void> => {
    for (const _ of perRound) verify(null, body, key, bytes);
  };
  await idleMachine();
  const ratios = await compare(bare, contenders);
  const limit = `crypto.subtle.verify alone, ${together} in flight`;
  const against = { "official 3.1.0": ratios.official };
  const webAgainst = { ...against, [limit]: ratios.subtle };
  return [
    measure(`verify + parse of ${body.length} bytes, speed relative to crypto.verify`, ratios.node, "x", { atLeast: 0.85 }, against),
    measure(`the same with WebCrypto, ${together} in flight`, ratios.web, "x", { atLeast: 1.2 }, webAgainst),
  ];
}

async function compare<Name extends string>(
  limit: () => Promise<void>,
  contenders: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(contenders) as Name[];
  const ratios = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    const took = await timed(limit);
    for (const name of names) {
      const ratio = took / (await timed(contenders[name]));
      if (round >= 0) ratios.get(name)?.push(ratio);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(ratios.get(name) ?? [])])) as Record<Name, number>;
}

async function createBareWebCheck({ body, signature }: SignedBody): Promise<() => Promise<void>> {
  const spki = createPublicKey(publicPem).export({ format: "der", type: "spki" });
  const key = await crypto.subtle.importKey("spki", new Uint8Array(spki), { name: "Ed25519" }, false, ["verify"]);
  const bytes = new Uint8Array(Buffer.from(signature, "base64"));
  return async () => {
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, key, bytes, body))) throw new Error("a genuine signature was refused");
  };
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
