import type { WebhookReceiver } from "@ghlkit/webhooks";
import { createGhl, fromEnv } from "ghlkit";
import { openStorage, storageFromEnv } from "ghlkit/node";
import { createLeads, type SavedLead } from "./leads.ts";
import { createWebhooks } from "./webhooks.ts";

/** What the routes call. */
export interface Integration {
  readonly saveLead: (lead: unknown) => Promise<SavedLead>;
  /** `undefined` where `GHL_APP_ID` is not set. */
  readonly webhooks: WebhookReceiver | undefined;
  /** Ends what is under way, then closes the database. */
  readonly close: () => Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens everything from the environment; `.env.example` lists the variables. */
export async function openIntegration(env: Environment = process.env): Promise<Integration> {
  const { GHL_LOCATION_ID: locationId = "", GHL_APP_ID: appId, GHL_WEBHOOK_KEY: key } = env;
  const options = fromEnv(env);
  const storage = await openStorage(storageFromEnv(env));
  const ghl = createGhl({ ...options, storage });
  const location = ghl.location(locationId);
  const parts = { location, locationId, inbox: storage.inbox, additionalKeys: key ? [key] : [] };
  const webhooks = appId ? createWebhooks({ ...parts, appId }) : undefined;
  webhooks?.start();
  const close = async (): Promise<void> => {
    await webhooks?.close();
    await ghl.close({ withinMs: 10_000 });
    await storage.close();
  };
  return { saveLead: createLeads(location), webhooks, close };
}
