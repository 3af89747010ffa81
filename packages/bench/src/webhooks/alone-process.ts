import { createHash } from "node:crypto";
import type { InboxDelivery } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource } from "@ghlkit/webhooks";
import { appId, publicPem, signedBody } from "./signed-body.ts";

// One part of the receiver's work, without the others, in a process of its own like the receiver: `verify`, or `insert` into a file.
const [part = "", path = ""] = process.argv.slice(2);
const events = part === "verify" ? 5000 : 10_000;
const inFlight = 64;
const signed = Array.from({ length: events }, (_, at) => signedBody(at));

async function verifyAll(): Promise<number> {
  const source = createMarketplaceSource({ appId, additionalKeys: [publicPem] });
  return timed(async () => {
    for (const { body, signature } of signed) {
      const { valid } = await source.verify({ body, headers: { "x-ghl-signature": signature, "content-type": "application/json" } });
      if (!valid) throw new Error("a genuine delivery was refused");
    }
  });
}

async function insertAll(): Promise<number> {
  const { inbox, close } = createSqliteStorage({ path });
  const deliveries = signed.map(({ body, signature }, at) => deliveryOf(body, signature, at));
  let next = 0;
  const insert = async (): Promise<void> => {
    for (let delivery = deliveries[next++]; delivery !== undefined; delivery = deliveries[next++])
      if ((await inbox.insert(delivery)) !== "new") throw new Error("a delivery was there already");
  };
  const perSecond = await timed(async () => void (await Promise.all(Array.from({ length: inFlight }, insert))));
  await close();
  return perSecond;
}

function deliveryOf(body: Uint8Array, signature: string, at: number): InboxDelivery {
  const hash = createHash("sha256").update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-ghl-signature": signature };
  const [id, entity, time] = [`bench-${at}`, `contact:contact-${at % 5000}`, 1_780_000_000_000 + at];
  const base = { id, hash, source: "marketplace", type: "ContactUpdate", resource: "loc-1", entity };
  return { ...base, occurredAt: time, receivedAt: time, headers, body, synthetic: false };
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return (events / (performance.now() - started)) * 1000;
}

process.send?.({ perSecond: await (part === "verify" ? verifyAll() : insertAll()) });
process.disconnect();
