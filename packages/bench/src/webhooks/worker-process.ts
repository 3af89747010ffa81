import { createPostgresStorage } from "@ghlkit/storage-postgres";
import { createWebhookWorker } from "@ghlkit/webhooks";
import { insertEffect } from "./effects.ts";

// A worker of its own process on a PostgreSQL: the effect of each event is committed together with its completion.
const [connectionString = ""] = process.argv.slice(2);
const { inbox } = await createPostgresStorage({ connectionString });
const worker = createWebhookWorker({
  inbox,
  handlers: {
    "*": (event, { commit, stale }) =>
      commit(async (transaction) => {
        await transaction.all(insertEffect, [event.id, event.entity, event.occurredAt, stale]);
      }),
  },
});
worker.start();
process.send?.("started");
