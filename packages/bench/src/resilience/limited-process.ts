import { createContext } from "@ghlkit/core";
import { withRateLimit } from "@ghlkit/resilience";
import { openSharedWindow } from "./shared-stores.ts";

// One process of several: makes its calls through a shared window when told to, and tells how they ended.
const { BENCH_URL: url = "", BENCH_STORE: store = "", BENCH_CALLS: calls, BENCH_LIMIT: limit, BENCH_WINDOW: windowMs } = process.env;
const { window, close } = await openSharedWindow(store);
const limiter = withRateLimit({ limit: Number(limit), windowMs: Number(windowMs), window });
const context = createContext({ principal: { app: "bench", kind: "location", resource: "loc" }, priority: "bulk" });
const send = limiter(async (request) => fetch(request.url));
const request = Object.freeze({ method: "GET", url, headers: {}, body: undefined });

process.once("message", () => void run());
process.send?.("ready");

async function run(): Promise<void> {
  const outcomes = await Promise.allSettled(
    Array.from({ length: Number(calls) }, async () => {
      const response = await send(request, context);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(String(response.status));
    }),
  );
  process.send?.({ ok: outcomes.filter(({ status }) => status === "fulfilled").length });
  await limiter.flush();
  await close();
  // Idle sockets of fetch would keep the process.
  process.exit();
}
