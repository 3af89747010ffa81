// A receiver and a worker on one file. It is killed without warning; everything it needs comes in as arguments.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { toNodeHandler } from "../../src/adapters/node-http.ts";
import { createMarketplaceSource, createWebhookReceiver } from "../../src/index.ts";

const [path = "", key = "", appId = ""] = process.argv.slice(2);
// The file is the storage's own: it is made by it, and tables of the app come after.
const { inbox } = createSqliteStorage({ path });
const database = new DatabaseSync(path);
database.exec("create table if not exists effects (id text not null)");
database.close();

const receiver = createWebhookReceiver({
  source: createMarketplaceSource({ appId, additionalKeys: [key] }),
  inbox,
  worker: { leaseMs: 300, pollMs: 20, retry: { firstMs: 20, maxAttempts: 100 } },
  handlers: {
    ContactCreate: async ({ id }, { commit }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      await commit((sql) => void sql.run("insert into effects (id) values (?)", id));
    },
  },
});
receiver.start();
const server = createServer((request, response) => void toNodeHandler(receiver)(request, response));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
