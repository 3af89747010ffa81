import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { toExpressHandler } from "../../src/adapters/express.ts";
import { webhookPlugin } from "../../src/adapters/fastify.ts";
import { toLambdaHandler } from "../../src/adapters/lambda.ts";
import { toNodeHandler } from "../../src/adapters/node-http.ts";
import type { WebhookReceiver } from "../../src/index.ts";
import { onPort, onServer, type Endpoint } from "./endpoint.ts";
import { lambdaEvents, type MakeEvent } from "./lambda/lambda-events.ts";

/** A receiver behind a real server, or what stands in front of a Lambda. */
export type Mount = (receiver: WebhookReceiver) => Promise<Endpoint>;

const onLambda =
  (makeEvent: MakeEvent): Mount =>
  async (receiver) => {
    const handler = toLambdaHandler(receiver);
    return { post: async (sent) => (await handler(makeEvent(sent))).statusCode, close: async () => {} };
  };

export const mounts: Readonly<Record<string, Mount>> = {
  "node:http": (receiver) => onServer(createServer((request, response) => void toNodeHandler(receiver)(request, response))),
  "Express before any parser": (receiver) => onServer(createServer(express().post("/hooks", toExpressHandler(receiver)).use(express.json()))), // prettier-ignore
  "Express behind express.raw": (receiver) => onServer(createServer(express().post("/hooks", express.raw({ type: "*/*", limit: "6mb" }), toExpressHandler(receiver)))), // prettier-ignore
  Fastify: async (receiver) => {
    const app = fastify();
    await app.register(webhookPlugin, { receiver, path: "/hooks" });
    await app.listen({ port: 0, host: "127.0.0.1" });
    return onPort((app.server.address() as AddressInfo).port, () => app.close());
  },
  Hono: (receiver) => {
    const app = new Hono().post("/hooks", (c) => receiver(c.req.raw));
    return onServer(serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server);
  },
  ...Object.fromEntries(Object.entries(lambdaEvents).map(([name, makeEvent]) => [`Lambda behind ${name}`, onLambda(makeEvent)])),
};

/** What the README of the official client shows: its middleware behind `express.json`, and the handler that follows it. */
export function mountOfficial(middleware: express.RequestHandler, handle: () => void): Promise<Endpoint> {
  const app = express();
  app.use(express.json({ limit: "6mb", verify: (request, _response, bytes) => void Object.assign(request, { rawBody: bytes }) }));
  app.use("/hooks", middleware);
  app.post("/hooks", (request, response) => {
    const { isSignatureValid, skippedSignatureVerification } = request as { isSignatureValid?: boolean; skippedSignatureVerification?: boolean }; // prettier-ignore
    if (isSignatureValid === false && skippedSignatureVerification !== true) {
      response.status(401).json({ success: false });
      return;
    }
    handle();
    response.json({ success: true });
  });
  // What the parser refuses is told in the answer alone.
  app.use(((_error, _request, response, _next) => void response.status(400).end()) satisfies express.ErrorRequestHandler);
  return onServer(createServer(app));
}
