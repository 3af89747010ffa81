import { Hono, type Context } from "hono";
import type { EmulatorControls } from "../emulator.ts";
import { createFaultRoutes } from "./fault-routes.ts";
import { createOAuthRoutes } from "./oauth-routes.ts";
import { createWebhookRoutes } from "./webhook-routes.ts";

/** Root of everything that is the emulator's own and not the platform's. */
export const controlPath = "/_emulator";

/** The HTTP side of the emulator's controls. */
export function createControlPlane(emulator: EmulatorControls): Hono {
  const app = new Hono().basePath(controlPath);
  app.get("/health", (context) => context.json({ status: "ok", now: new Date(emulator.clock.now()).toISOString() }));
  app.get("/seed", async (context) => context.json({ ...emulator.seed, webhookPublicKeys: await emulator.webhookPublicKeys() }));
  app.post("/reset", (context) => {
    emulator.reset();
    return context.json({ status: "ok" });
  });
  app.post("/clock", async (context) => bendTime(context, emulator));
  app.get("/requests", (context) => {
    const limit = Number(context.req.query("limit") ?? Number.NaN);
    return context.json({ requests: emulator.requests(Number.isInteger(limit) && limit >= 0 ? limit : undefined) });
  });
  app.route("/oauth", createOAuthRoutes(emulator.oauth));
  app.get("/lifecycle", (context) => context.json({ events: emulator.lifecycleEvents() }));
  app.route("/webhooks", createWebhookRoutes(emulator.webhooks));
  app.route("/faults", createFaultRoutes(emulator.faults));
  app.notFound((context) => context.json({ message: `The control plane has no ${context.req.method} ${context.req.path}.` }, 404));
  return app;
}

async function bendTime(context: Context, { clock }: EmulatorControls): Promise<Response> {
  const body = (await context.req.json().catch(() => ({}))) as { advanceMs?: unknown; setMs?: unknown; runMs?: unknown };
  if (typeof body.runMs === "number") await clock.run(body.runMs);
  else if (typeof body.advanceMs === "number") clock.advance(body.advanceMs);
  else if (typeof body.setMs === "number") clock.set(body.setMs);
  else return context.json({ message: "Send { advanceMs }, { runMs } or { setMs }, in milliseconds." }, 400);
  return context.json({ now: new Date(clock.now()).toISOString(), nowMs: clock.now() });
}
