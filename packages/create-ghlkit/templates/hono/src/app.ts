import { Hono } from "hono";
import type { Integration } from "./integration.ts";

export function createApp({ saveLead, webhooks }: Integration): Hono {
  const app = new Hono();
  app.get("/health", (c) => c.json({ ok: true }));
  app.post("/leads", async (c) => {
    const result = await saveLead(await c.req.json().catch(() => undefined));
    return c.json(result, result.outcome === "saved" ? 200 : 422);
  });
  if (webhooks !== undefined) app.post("/webhooks", (c) => webhooks(c.req.raw));
  return app;
}
