import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { openIntegration } from "./integration.ts";

const integration = await openIntegration();
const port = Number(process.env["PORT"] ?? 3000);
const server = serve({ fetch: createApp(integration).fetch, port }, () => console.log(`Listening on http://127.0.0.1:${port}`));

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close(() => void integration.close()));
