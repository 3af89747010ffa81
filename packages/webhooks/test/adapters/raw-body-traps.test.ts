import { createServer, type Server } from "node:http";
import { runInNewContext } from "node:vm";
import { serve } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
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
    onEvent: (notice) => void (notice.type === "rejected" && messages.push(notice.message)),
  });
  return { receiver, messages };
}

type Mount = (receiver: WebhookReceiver) => Promise<Endpoint>;

const complain = vi.spyOn(console, "error");
beforeEach(() => void complain.mockReset().mockImplementation(() => {}));
afterEach(() => void complain.mockReset());

/** Something has read the body before. */
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
  it("asks for the delivery again, accepts nothing, and says once on the console which middleware order is right", async () => {
    const { receiver, messages } = setUp();
    const endpoint = await mount(receiver);
    expect([await endpoint.post(genuine), await endpoint.post(genuine)]).toEqual([429, 429]);
    await endpoint.close();
    expect(messages.join()).toMatch(/Express: mount webhooks before express.json/);
    expect(complain.mock.calls).toEqual([[expect.stringContaining("mount webhooks before express.json")]]);
  });
});

/** An Express whose JSON parser keeps what it received, in one form or another. */
const keeping =
  (form: (bytes: Buffer) => unknown): Mount =>
  (receiver) => {
    const verify = (request: object, _response: unknown, bytes: Buffer): void => void Object.assign(request, { rawBody: form(bytes) });
    return onServer(createServer(express().use(express.json({ verify, limit: "6mb", strict: false })).use(ignoreErrors).post("/hooks", toExpressHandler(receiver)))); // prettier-ignore
  };

/** The bytes are there all the same. */
const kept: Readonly<Record<string, Mount>> = {
  "Express whose rawBody is a Uint8Array": keeping((bytes) => Uint8Array.from(bytes)),
  "Express whose rawBody is an ArrayBuffer": keeping((bytes) => Uint8Array.from(bytes).buffer),
  "Express whose rawBody is of another realm": keeping((bytes) => runInNewContext("Uint8Array.from(bytes)", { bytes: [...bytes] }) as unknown), // prettier-ignore
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

describe("a text", () => {
  it.each<[string, Mount]>([
    ["in rawBody of Express, as Azure Functions and many a verify function leave it", keeping((bytes) => bytes.toString("utf8"))],
    ["that express.text leaves", (receiver) => onServer(createServer(express().use(express.text({ type: "*/*" })).post("/hooks", toExpressHandler(receiver))))], // prettier-ignore
    [
      "in rawBody of Fastify",
      async (receiver) => {
        const app = fastify();
        app.decorateRequest("rawBody");
        await app.register(async (scope) => {
          await webhookPlugin(scope, { receiver, path: "/hooks" });
          scope.addHook("preHandler", async (request) => void Object.assign(request, { rawBody: String(request.body), body: JSON.parse(String(request.body)) })); // prettier-ignore
        });
        await app.listen({ port: 0, host: "127.0.0.1" });
        const address = app.server.address();
        return onPort(typeof address === "object" && address !== null ? address.port : 0, () => app.close());
      },
    ],
    ["of a stream with an encoding", (receiver) => onServer(createServer((request, response) => void toNodeHandler(receiver)(request.setEncoding("utf8"), response)))], // prettier-ignore
  ])("%s is taken as what was received", async (_name, mount) => {
    const { receiver } = setUp();
    const endpoint = await mount(receiver);
    const altered = { ...genuine, body: `${String(genuine.body)} ` };
    expect([await endpoint.post(genuine), await endpoint.post(altered)]).toEqual([200, 401]);
    await endpoint.close();
  });
});

it("reads the stream where a parser left an empty object and nothing read it, as Express 4 does", async () => {
  const { receiver } = setUp();
  const endpoint = await onServer(
    createServer((request, response) => void toNodeHandler(receiver)(Object.assign(request, { body: {} }), response)),
  );
  expect(await endpoint.post(genuine)).toBe(200);
  await endpoint.close();
});

describe.each(Object.entries(kept))("%s", (_name, mount) => {
  it("accepts nothing that is forged and everything that is genuine", async () => {
    const { receiver } = setUp();
    const endpoint = await mount(receiver);
    const wrong = await wrongAnswers(endpoint, forgeries);
    await endpoint.close();
    expect(wrong).toEqual([]);
  });
});
