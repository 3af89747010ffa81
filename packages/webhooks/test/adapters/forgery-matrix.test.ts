import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import fastify from "fastify";
import { describe, expect, it } from "vitest";
import { createMemoryInbox, type Inbox } from "@ghlkit/storage";
import { toExpressHandler } from "../../src/adapters/express.ts";
import { webhookPlugin } from "../../src/adapters/fastify.ts";
import { toLambdaHandler } from "../../src/adapters/lambda.ts";
import { toNodeHandler } from "../../src/adapters/node-http.ts";
import { createMarketplaceSource, createWebhookReceiver } from "../../src/index.ts";
import { createForgeries, type Forgery as Sent } from "../../src/testing/index.ts";
import { appId, createTestSigner } from "../signer.ts";
import { onServer, wrongAnswers } from "./endpoint.ts";
import { mounts } from "./mounts.ts";

const signer = createTestSigner();
const forgeries = await createForgeries({ ...signer, signAsStranger: createTestSigner().sign }, { appId });
const source = createMarketplaceSource({ appId, additionalKeys: [signer.publicPem] });

describe.each(Object.entries(mounts))("the forgery matrix on %s", (_name, mount) => {
  it("accepts nothing that is forged and everything that is genuine", async () => {
    const inbox: Inbox<undefined> = createMemoryInbox();
    const receiver = createWebhookReceiver({ source, inbox });
    const endpoint = await mount(receiver);
    const wrong = await wrongAnswers(endpoint, forgeries);
    await endpoint.close();
    expect(wrong).toEqual([]);
    const { deliveries } = await inbox.query({ limit: 1000 });
    expect(deliveries.length).toBe(forgeries.filter(({ genuine }) => genuine).length);
    expect(forgeries.length).toBeGreaterThanOrEqual(60);
  });
});

describe("a body parser in front", () => {
  const sent = forgeries[0] as Sent;

  it("is not taken for a forgery, and the message says how to fix it", async () => {
    const messages: string[] = [];
    const receiver = createWebhookReceiver({ source, inbox: createMemoryInbox(), onEvent: (notice) => void (notice.type === "rejected" && messages.push(notice.message)) }); // prettier-ignore
    const app = express().use(express.json()).post("/hooks", toExpressHandler(receiver));
    const endpoint = await onServer(createServer(app));
    expect(await endpoint.post(sent)).toBe(429);
    await endpoint.close();
    expect(messages[0]).toContain("before express.json()");
  });

  it("of other routes is left alone by the Fastify plugin", async () => {
    const app = fastify();
    const receiver = createWebhookReceiver({ source, inbox: createMemoryInbox() });
    await app.register(webhookPlugin, { receiver, path: "/hooks" });
    app.post("/other", async (request) => ({ got: request.body }));
    const answer = await app.inject({ method: "POST", url: "/other", payload: { a: 1 } });
    expect(answer.json()).toEqual({ got: { a: 1 } });
    await app.close();
  });
});

it.each([["GET"], ["PUT"]])("answers 405 to %s", async (method) => {
  const receiver = createWebhookReceiver({ source, inbox: createMemoryInbox() });
  const server = createServer((request, response) => void toNodeHandler(receiver)(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  expect((await toLambdaHandler(receiver)({ httpMethod: method })).statusCode).toBe(405);
  server.close();
});
