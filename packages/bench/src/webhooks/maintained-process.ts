import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { toNodeHandler } from "@ghlkit/webhooks/node-http";

// A receiver of its own process, without a worker, on a SQLite file. The messages `prune` and `replay` are answered when that is done.
const [path = "", key = "", appId = ""] = process.argv.slice(2);
const { inbox } = createSqliteStorage({ path });
const handler = toNodeHandler(createWebhookReceiver({ source: createMarketplaceSource({ appId, additionalKeys: [key] }), inbox }));
const server = createServer((request, response) => void handler(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));

/** Later than everything that the benchmark puts in beforehand, and earlier than what it sends. */
const before = 1_000_000_000_000;

process.on("message", (what) => void maintain(what === "prune").then((rows) => process.send?.({ rows })));

async function maintain(prune: boolean): Promise<number> {
  if (!prune) return (await inbox.replay({ state: "dead" })).replayed;
  return (await inbox.prune({ bodiesBefore: before, idsBefore: before })).ids;
}
