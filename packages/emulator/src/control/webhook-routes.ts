import { Hono, type Context } from "hono";
import type { DeliveryFault } from "../webhooks/delivery-fault.ts";
import type { DeliveryFilter, DeliveryState } from "../webhooks/delivery.ts";
import type { EventOverrides, WebhookControls, WebhookSubscription } from "../webhooks/webhook-controls.ts";
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
      const url = typeof body["url"] === "string" ? { url: body["url"] } : {};
      return { deliveries: webhooks.trigger(String(body["type"]), (body["overrides"] ?? {}) as EventOverrides, url) };
    }),
  );
  app.post("/sample", (context) =>
    answer(context, (body) => ({ body: webhooks.sample(String(body["type"]), (body["overrides"] ?? {}) as EventOverrides) })),
  );
  app.post("/sign", (context) =>
    answer(context, async ({ body }) => {
      const signed = await webhooks.sign(typeof body === "string" ? body : ((body ?? {}) as object));
      return { body: new TextDecoder().decode(signed.body), headers: signed.headers };
    }),
  );
  app.post("/settle", (context) => answer(context, () => webhooks.settle().then(() => ({ status: "ok" }))));
  app.get("/subscriptions", (context) => context.json({ subscriptions: webhooks.subscriptions() }));
  app.post("/subscriptions", (context) =>
    answer(context, (body) => ({ subscription: webhooks.subscribe(body as unknown as WebhookSubscription) })),
  );
  app.delete("/subscriptions/:id", (context) => context.json({ unsubscribed: webhooks.unsubscribe(context.req.param("id")) }));
  app.get("/urls", (context) => context.json({ urls: webhooks.urls() }));
  app.post("/resume", (context) => answer(context, (body) => ({ resumed: webhooks.resume(String(body["url"])) })));
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

type Body = Readonly<Record<string, unknown>>;

/** Does what the body asks for; what makes no sense is a 400 with a sentence. */
async function answer(context: Context, act: (body: Body) => object | Promise<object>): Promise<Response> {
  const body = (await context.req.json().catch(() => ({}))) as Body;
  try {
    return context.json(await act(body));
  } catch (error) {
    return context.json({ message: (error as Error).message }, 400);
  }
}

function readFilter(context: Context): DeliveryFilter {
  const { type, state, locationId, url, limit } = context.req.query();
  const count = Number(limit ?? Number.NaN);
  return {
    ...(type && { type }),
    ...(state && { state: state as DeliveryState }),
    ...(locationId && { locationId }),
    ...(url && { url }),
    ...(Number.isInteger(count) && count >= 0 && { limit: count }),
  };
}
