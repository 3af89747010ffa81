import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { toNodeHandler } from "@ghlkit/webhooks/node-http";
import { watchProcess } from "./process-figures.ts";

// A receiver of its own process on one SQLite file, without a worker. Any message is answered with what it knows of its delays.
const [path = "", key = "", appId = ""] = process.argv.slice(2);
const { inbox } = createSqliteStorage({ path });
const handler = toNodeHandler(createWebhookReceiver({ source: createMarketplaceSource({ appId, additionalKeys: [key] }), inbox }));
const server = createServer((request, response) => void handler(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
const figures = watchProcess();
process.on("message", () => process.send?.(figures()));
