import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource } from "@ghlkit/webhooks";
import { benchDelivery } from "./bench-delivery.ts";
import { inFlight } from "./load.ts";
import { appId, publicPem, signedBody } from "./signed-body.ts";

// One part of the receiver's work, without the others, in a process of its own like the receiver: `verify`, or `insert` into a file.
const [part = "", path = ""] = process.argv.slice(2);
const events = part === "verify" ? 5000 : 10_000;

async function verifyAll(): Promise<number> {
  const source = createMarketplaceSource({ appId, additionalKeys: [publicPem] });
  const signed = Array.from({ length: events }, (_, at) => signedBody(at));
  return timed(async () => {
    for (const { body, signature } of signed) {
      const { valid } = await source.verify({ body, headers: { "x-ghl-signature": signature, "content-type": "application/json" } });
      if (!valid) throw new Error("a genuine delivery was refused");
    }
  });
}

async function insertAll(): Promise<number> {
  const { inbox, close } = createSqliteStorage({ path });
  const deliveries = Array.from({ length: events }, (_, at) => benchDelivery(at));
  const perSecond = await timed(() =>
    inFlight(64, deliveries, async (delivery) => {
      if ((await inbox.insert(delivery)) !== "new") throw new Error("a delivery was there already");
    }),
  );
  await close();
  return perSecond;
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await run();
  return (events / (performance.now() - started)) * 1000;
}

process.send?.({ perSecond: await (part === "verify" ? verifyAll() : insertAll()) });
process.disconnect();
