import { createServer, type Server } from "node:http";
import { serve } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { toExpressHandler } from "../../src/adapters/express.ts";
import { webhookPlugin } from "../../src/adapters/fastify.ts";
import { toNodeHandler } from "../../src/adapters/node-http.ts";
import { createMarketplaceSource, createWebhookReceiver, type WebhookReceiver } from "../../src/index.ts";
import { createForgeries, type Forgery } from "../../src/testing/index.ts";
import { appId, createTestSigner } from "../signer.ts";
import { onPort, onServer, wrongAnswers, type Endpoint } from "./endpoint.ts";

const signer = createTestSigner();
const forgeries = await createForgeries({ ...signer, signAsStranger: createTestSigner().sign }, { appId });
const genuine = forgeries[0] as Forgery;
const source = createMarketplaceSource({ appId, additionalKeys: [signer.publicPem] });

function setUp() {
  const messages: string[] = [];
  const receiver = createWebhookReceiver({
    source,
    inbox: createMemoryInbox(),
    emit: (notice) => void (notice.type === "rejected" && messages.push(notice.message)),
  });
  return { receiver, messages };
}

type Mount = (receiver: WebhookReceiver) => Promise<Endpoint>;

/** Somebody has read the body before. */
const read: Readonly<Record<string, Mount>> = {
  "Express behind express.json": (receiver) => onServer(createServer(express().use(express.json()).post("/hooks", toExpressHandler(receiver)))), // prettier-ignore
  "Express behind a parser of every type": (receiver) => onServer(createServer(express().use(express.urlencoded(), express.json({ type: "*/*" })).post("/hooks", toExpressHandler(receiver)))), // prettier-ignore
  "node:http behind a listener that reads": (receiver) =>
    onServer(
      createServer((request, response) => {
        request.on("data", () => {}).on("end", () => void toNodeHandler(receiver)(request, response));
      }),
    ),
  "Hono behind a middleware that reads": (receiver) => {
    const app = new Hono();
    app.use(async (c, next) => {
      await c.req.json();
      await next();
    });
    app.post("/hooks", (c) => receiver(c.req.raw));
    return onServer(serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server);
  },
};

describe.each(Object.entries(read))("%s", (_name, mount) => {
  it("answers 500, accepts nothing, and says how to mend it", async () => {
    const { receiver, messages } = setUp();
    const endpoint = await mount(receiver);
    expect(await endpoint.post(genuine)).toBe(500);
    await endpoint.close();
    expect(messages.join()).toMatch(/before|first/);
  });
});

/** The bytes are there all the same. */
const kept: Readonly<Record<string, Mount>> = {
  "Express whose express.json keeps rawBody, as Nest and Cloud Functions do": (receiver) => {
    const verify = (request: object, _response: unknown, bytes: Buffer): void => void Object.assign(request, { rawBody: bytes });
    // Only JSON is read here: the rest comes as it was sent.
    return onServer(createServer(express().use(express.json({ verify, limit: "6mb", strict: false })).use(ignoreErrors).post("/hooks", toExpressHandler(receiver)))); // prettier-ignore
  },
  "Fastify whose app parses JSON in its own way": async (receiver) => {
    const app = fastify();
    app.addContentTypeParser("application/json", { parseAs: "string" }, async (_request: unknown, text: string) => JSON.parse(text) as unknown); // prettier-ignore
    await app.register(webhookPlugin, { receiver, path: "/hooks" });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const address = app.server.address();
    return onPort(typeof address === "object" && address !== null ? address.port : 0, () => app.close());
  },
};

it("a delivery that Fastify's inject makes is one", async () => {
  const { receiver } = setUp();
  const app = fastify();
  await app.register(webhookPlugin, { receiver, path: "/hooks" });
  const send = (headers: Forgery["headers"]) => app.inject({ method: "POST", url: "/hooks", payload: Buffer.from(genuine.body), headers });
  expect((await send(genuine.headers)).statusCode).toBe(200);
  expect((await send({ "content-type": "application/json" })).statusCode).toBe(401);
  await app.close();
});

/** What is no JSON at all never gets past the parser; that is the parser's answer. */
function ignoreErrors(_error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction): void {
  response.status(400).end();
}

describe.each(Object.entries(kept))("%s", (_name, mount) => {
  it("accepts nothing that is forged and everything that is genuine", async () => {
    const { receiver } = setUp();
    const endpoint = await mount(receiver);
    const wrong = await wrongAnswers(endpoint, forgeries);
    await endpoint.close();
    expect(wrong).toEqual([]);
  });
});
