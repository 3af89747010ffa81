import { verifyWebhook } from "@ghlkit/webhooks";
import type { LocationClient } from "ghlkit";
import type { Env, QueuedEvent } from "./env.ts";

/** Puts a genuine webhook into the queue, which keeps it, and answers 200 after that alone. */
export async function receiveWebhook(request: Request, env: Env): Promise<Response> {
  const { GHL_APP_ID: appId, GHL_WEBHOOK_KEY: key } = env;
  if (!appId) return new Response("GHL_APP_ID is not set.", { status: 404 });
  const delivery = { body: await request.arrayBuffer(), headers: request.headers };
  const verdict = await verifyWebhook(delivery, { appId, additionalKeys: key ? [key] : [] });
  if (!verdict.valid) return Response.json({ reason: verdict.reason }, { status: verdict.reason === "other_app" ? 403 : 401 });
  const { id, type, payload, resource } = verdict.event;
  if (resource?.id !== env.GHL_LOCATION_ID) return Response.json({ outcome: "filtered" });
  try {
    await env.EVENTS.send({ id, type, payload });
    return Response.json({ outcome: "queued" });
  } catch (error) {
    console.error("webhooks: not queued", error);
    // The answer that the platform always sends again after.
    return Response.json({ outcome: "try_again" }, { status: 429, headers: { "Retry-After": "60" } });
  }
}

/** Handles one event. A queue delivers at least once: what is done here twice must have the effect of once. */
export async function handleEvent({ type, payload }: QueuedEvent, location: LocationClient): Promise<void> {
  if (type !== "ContactCreate") return;
  const { id } = payload as { readonly id: string };
  await location.contacts.addTags({ contactId: id, body: { tags: ["to call"] } });
}
