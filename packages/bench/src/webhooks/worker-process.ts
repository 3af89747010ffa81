import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createWebhookWorker } from "@ghlkit/webhooks";
import { insertEffect } from "./effects.ts";

// A worker of its own process on a PostgreSQL: the effect of each event is committed together with its completion. It begins when
// it is ordered to.
const [connectionString = "", schema = "ghlkit"] = process.argv.slice(2);
const { inbox } = await createPostgresStorage({ connectionString, schema });
const worker = createWebhookWorker({
  inbox,
  handlers: {
    "*": (event, { commit, stale }) =>
      commit(async (transaction) => {
        await transaction.all(insertEffect, [event.id, event.entity, event.occurredAt, stale]);
      }),
  },
});
process.once("message", () => {
  worker.start();
  process.send?.("begun");
});
process.send?.("ready");
