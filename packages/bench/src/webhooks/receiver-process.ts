import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver, type WebhookReceiver } from "@ghlkit/webhooks";
import { toNodeHandler } from "@ghlkit/webhooks/node-http";
import { watchProcess } from "./process-figures.ts";

// A receiver of its own process, without a worker, on a SQLite file or a PostgreSQL. Any message is answered with what it knows of
// its delays.
const [store = "", key = "", appId = ""] = process.argv.slice(2);

async function openReceiver(): Promise<WebhookReceiver> {
  const source = createMarketplaceSource({ appId, additionalKeys: [key] });
  if (!store.startsWith("postgres:")) return createWebhookReceiver({ source, inbox: createSqliteStorage({ path: store }).inbox });
  const { inbox } = await createPostgresStorage({ connectionString: store });
  return createWebhookReceiver({ source, inbox });
}

const handler = toNodeHandler(await openReceiver());
const server = createServer((request, response) => void handler(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
const figures = watchProcess();
process.on("message", () => process.send?.(figures()));
