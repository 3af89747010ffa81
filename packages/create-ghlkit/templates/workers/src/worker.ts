import { createGhl, fromEnv, type LocationClient } from "ghlkit";
import type { Env, EventBatch } from "./env.ts";
import { createLeads } from "./leads.ts";
import { handleEvent, receiveWebhook } from "./webhooks.ts";

interface App {
  readonly location: LocationClient;
  readonly saveLead: ReturnType<typeof createLeads>;
}

const apps = new WeakMap<Env, App>();

/** One client for all requests of an isolate: they share its rate limit and cache. */
function appOf(env: Env): App {
  const { GHL_TOKEN, GHL_LOCATION_ID, GHL_BASE_URL } = env;
  const known = apps.get(env);
  if (known !== undefined) return known;
  const location = createGhl(fromEnv({ GHL_TOKEN, GHL_LOCATION_ID, GHL_BASE_URL })).location(GHL_LOCATION_ID);
  const app = { location, saveLead: createLeads(location) };
  apps.set(env, app);
  return app;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return new Response("Not found", { status: 404 });
    if (pathname === "/webhooks") return receiveWebhook(request, env);
    if (pathname !== "/leads") return new Response("Not found", { status: 404 });
    const result = await appOf(env).saveLead(await request.json().catch(() => undefined));
    return Response.json(result, { status: result.outcome === "saved" ? 200 : 422 });
  },

  async queue(batch: EventBatch, env: Env): Promise<void> {
    for (const message of batch.messages) {
      try {
        await handleEvent(message.body, appOf(env).location);
        message.ack();
      } catch (error) {
        console.error(`webhooks: ${message.body.type} failed, attempt ${message.attempts}`, error);
        message.retry();
      }
    }
  },
};
