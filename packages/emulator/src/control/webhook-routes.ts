import { Hono, type Context } from "hono";
import { checkChoice, checkHttpUrl, checkObject, checkText, checkTexts } from "../bounds/check-value.ts";
import type { DeliveryFault } from "../webhooks/delivery-fault.ts";
import type { DeliveryFilter } from "../webhooks/delivery.ts";
import type { EventOverrides, WebhookControls, WebhookSubscription } from "../webhooks/webhook-controls.ts";
import { deliveryStates } from "../webhooks/delivery.ts";
import { readControlBody, readCount, type ControlBody } from "./control-body.ts";
import { deliveriesPage } from "./deliveries-page.ts";

/** The HTTP side of `emulator.webhooks`. The log is a page to browsers and JSON to everyone else. */
export function createWebhookRoutes(webhooks: WebhookControls): Hono {
  const app = new Hono();
  app.get("/", async (context): Promise<Response> => {
    const deliveries = webhooks.deliveries(readFilter(context));
    const wantsPage = context.req.header("accept")?.includes("text/html") ?? false;
    return wantsPage ? deliveriesPage(deliveries) : context.json({ deliveries });
  });
  app.post("/trigger", (context) =>
    answer(context, (body) => {
      const url = body["url"] === undefined ? {} : { url: checkHttpUrl("url", body["url"]) };
      return { deliveries: webhooks.trigger(checkText("type", body["type"]), overrides(body), url) };
    }),
  );
  app.post("/sample", (context) =>
    answer(context, (body) => ({ body: webhooks.sample(checkText("type", body["type"]), overrides(body)) })),
  );
  app.post("/sign", (context) =>
    answer(context, async ({ body }) => {
      const signed = await webhooks.sign(typeof body === "string" ? body : checkObject("body", body ?? {}));
      return { body: new TextDecoder().decode(signed.body), headers: signed.headers };
    }),
  );
  app.post("/settle", (context) => answer(context, () => webhooks.settle().then(() => ({ status: "ok" }))));
  app.get("/subscriptions", (context) => context.json({ subscriptions: webhooks.subscriptions() }));
  app.post("/subscriptions", (context) => answer(context, (body) => ({ subscription: webhooks.subscribe(subscription(body)) })));
  app.delete("/subscriptions/:id", (context) => context.json({ unsubscribed: webhooks.unsubscribe(context.req.param("id")) }));
  app.get("/urls", (context) => context.json({ urls: webhooks.urls() }));
  app.post("/resume", (context) => answer(context, (body) => ({ resumed: webhooks.resume(checkText("url", body["url"])) })));
  app.get("/faults", (context) => context.json({ faults: webhooks.faults.list() }));
  app.post("/faults", (context) =>
    answer(context, (body) => {
      webhooks.faults.add(body as unknown as DeliveryFault);
      return { faults: webhooks.faults.list() };
    }),
  );
  app.delete("/faults", (context) => {
    webhooks.faults.clear();
    return context.json({ faults: [] });
  });
  app.get("/:id", (context) => {
    const delivery = webhooks.delivery(context.req.param("id"));
    return delivery === undefined ? context.json({ message: "The log has no such delivery." }, 404) : context.json({ delivery });
  });
  app.post("/:id/resend", (context) => {
    const id = context.req.param("id");
    return answer(context, async () => ({ delivery: await webhooks.resend(id) }));
  });
  return app;
}

async function answer(context: Context, act: (body: ControlBody) => object | Promise<object>): Promise<Response> {
  return context.json(await act(await readControlBody(context)));
}

function overrides(body: ControlBody): EventOverrides {
  return checkObject("overrides", body["overrides"] ?? {});
}

function subscription({ app, url, events }: ControlBody): WebhookSubscription {
  return {
    url: checkHttpUrl("url", url),
    ...(app !== undefined && { app: checkText("app", app) }),
    ...(events !== undefined && { events: checkTexts("events", events) }),
  };
}

function readFilter(context: Context): DeliveryFilter {
  const { type, state, locationId, url } = context.req.query();
  const limit = readCount(context, "limit");
  return {
    ...(type && { type }),
    ...(state && { state: checkChoice("state", state, deliveryStates) }),
    ...(locationId && { locationId }),
    ...(url && { url }),
    ...(limit !== undefined && { limit }),
  };
}
