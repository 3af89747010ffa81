import { Hono, type Context } from "hono";
import { BoundsError, checkNumber } from "../bounds/check-value.ts";
import { furthestMs, latestMs } from "../clock/clock-bounds.ts";
import type { EmulatorControls } from "../emulator-controls.ts";
import { readControlBody, readCount } from "./control-body.ts";
import { createActRoutes } from "./act-routes.ts";
import { createFaultRoutes } from "./fault-routes.ts";
import { isForeign } from "../http/foreign-origin.ts";
import { createOAuthRoutes } from "./oauth-routes.ts";
import { describeSwitches } from "../switches/describe-switches.ts";
import { createWebhookRoutes } from "./webhook-routes.ts";

/** Root of everything that is the emulator's own and not the platform's. */
export const controlPath = "/_emulator";

/** The HTTP side of the emulator's controls. What is wrong with a request is a 4xx with a sentence. */
export function createControlPlane(emulator: EmulatorControls): Hono {
  const app = new Hono().basePath(controlPath);
  app.use(async ({ req }, next) => {
    if (isForeign(req.raw)) throw new BoundsError("A page of another origin may not use the control plane.", 403);
    await next();
  });
  app.get("/health", (context) => context.json({ status: "ok", now: new Date(emulator.clock.now()).toISOString() }));
  app.get("/seed", async (context) => context.json({ ...emulator.seed, webhookPublicKeys: await emulator.webhookPublicKeys() }));
  app.post("/reset", async (context) => {
    await readControlBody(context);
    emulator.reset();
    return context.json({ status: "ok" });
  });
  app.get("/clock", (context) => context.json(timeOf(emulator)));
  app.post("/clock", async (context) => bendTime(context, emulator));
  app.get("/switches", (context) => context.json(describeSwitches(emulator.switches.all())));
  app.put("/switches", async (context) => context.json(emulator.switches.set(await readControlBody(context))));
  app.get("/requests", (context) => context.json({ requests: emulator.requests(readCount(context, "limit")) }));
  app.route("/oauth", createOAuthRoutes(emulator.oauth));
  app.get("/lifecycle", (context) => context.json({ events: emulator.lifecycleEvents() }));
  app.route("/webhooks", createWebhookRoutes(emulator.webhooks));
  app.route("/faults", createFaultRoutes(emulator.faults));
  app.route("/act", createActRoutes(emulator.act));
  app.notFound((context) => context.json({ message: `The control plane has no ${context.req.method} ${context.req.path}.` }, 404));
  app.onError((error, context) => {
    const status = error instanceof BoundsError ? error.status : 400;
    // The rest of a body that is too large is not read.
    return context.json({ message: error.message }, status, status === 413 ? { connection: "close" } : {});
  });
  return app;
}

async function bendTime(context: Context, emulator: EmulatorControls): Promise<Response> {
  const { clock } = emulator;
  const { advanceMs, setMs, runMs } = await readControlBody(context);
  if (runMs !== undefined) await clock.run(checkNumber("runMs", runMs, { from: 0, to: furthestMs }));
  else if (advanceMs !== undefined) clock.advance(checkNumber("advanceMs", advanceMs, { from: -furthestMs, to: furthestMs }));
  else if (setMs !== undefined) clock.set(checkNumber("setMs", setMs, { from: 0, to: latestMs }));
  else throw new BoundsError("Send { advanceMs }, { runMs } or { setMs }, in milliseconds.");
  return context.json(timeOf(emulator));
}

function timeOf({ clock }: EmulatorControls): { readonly now: string; readonly nowMs: number } {
  const nowMs = clock.now();
  return { now: new Date(nowMs).toISOString(), nowMs };
}
