// A receiver, a worker or both, to be killed without warning. Loads everything first and begins when it is told to.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "../../src/adapters/node-http.ts";
import { createMarketplaceSource, createWebhookReceiver, createWebhookWorker, type Handlers } from "../../src/index.ts";
import { openEffects } from "./effects.ts";
import type { MortalOrder } from "./mortals.ts";

const order = JSON.parse(process.argv[2] ?? "{}") as MortalOrder;

async function begin(): Promise<number | undefined> {
  const { inbox, add } = await openEffects(order);
  const handlers: Handlers<unknown> = {
    ContactCreate: async ({ id }, { commit }) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      await commit((transaction) => add(transaction, id));
    },
  };
  // Dead ones leave their leases behind: the next one is not to wait for long. Each kill counts as an attempt.
  const worker = { leaseMs: 300, pollMs: 20, retry: { firstMs: 20, maxAttempts: 1000 } };
  if (order.role === "worker") {
    createWebhookWorker({ inbox, handlers, ...worker }).start();
    return undefined;
  }
  const source = createMarketplaceSource({ appId: order.appId, additionalKeys: [order.key] });
  const both = order.role === "both" ? { handlers, worker } : {};
  const receiver = createWebhookReceiver({ source, inbox, ...both });
  receiver.start();
  const server = createServer((request, response) => void toNodeHandler(receiver)(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

process.once("message", () => {
  void begin().then((port) => process.send?.({ port: port ?? 0 }));
});
process.once("disconnect", () => process.exit());
process.send?.("loaded");
