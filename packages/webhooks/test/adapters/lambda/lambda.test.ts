import { describe, expect, it } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { toLambdaHandler, type LambdaEvent, type LambdaResult } from "../../../src/adapters/lambda.ts";
import { allowAddresses, createMarketplaceSource, createWebhookReceiver, type WebhookSource } from "../../../src/index.ts";
import { appId, createTestSigner, oddBody } from "../../signer.ts";
import { lambdaEvents, plainLoadBalancer, type MakeEvent, type Posted } from "./lambda-events.ts";

const signer = createTestSigner();
const good = createMarketplaceSource({ appId, additionalKeys: [signer.publicPem] });

function setUp(source: WebhookSource = good) {
  const inbox = createMemoryInbox();
  const handle = toLambdaHandler(createWebhookReceiver({ source, inbox }));
  return { inbox, handle };
}

const body = oddBody({ name: "Zoë 🦷", notes: "line\r\nline" });
const signature = signer.sign(body);
const posted: Posted = { body, headers: { "Content-Type": "application/json", "X-GHL-Signature": signature } };
const all: readonly (readonly [string, MakeEvent])[] = [...Object.entries(lambdaEvents), ["a load balancer", plainLoadBalancer]];

/** What the service does with a result before it is an answer: each reads another field. */
function headersOf(event: LambdaEvent, result: LambdaResult): Record<string, unknown> {
  const isMultiValueBalancer = event.requestContext?.elb !== undefined && event.multiValueHeaders !== undefined;
  return (isMultiValueBalancer ? result.multiValueHeaders : result.headers) ?? {};
}

describe.each(all)("an event of %s", (_name, makeEvent) => {
  it("is a delivery, byte for byte", async () => {
    const { inbox, handle } = setUp();
    const event = makeEvent(posted);
    const result = await handle(event);
    expect([result.statusCode, JSON.parse(result.body), result.isBase64Encoded]).toEqual([200, { accepted: true, outcome: "new" }, false]);
    expect([headersOf(event, result)["content-type"]].flat()).toEqual(["application/json"]);
    const kept = await inbox.get("w-1");
    expect(new TextDecoder().decode(kept?.body)).toBe(body);
    expect(kept?.headers["x-ghl-signature"]).toBe(signature);
  });

  it("is refused when its body was written again", async () => {
    const { handle } = setUp();
    const result = await handle(makeEvent({ ...posted, body: JSON.stringify(JSON.parse(body)) }));
    expect([result.statusCode, JSON.parse(result.body)]).toEqual([401, { accepted: false, reason: "signature_wrong" }]);
  });

  it("without a body is refused, and so is one without headers", async () => {
    const { handle } = setUp();
    expect((await handle(makeEvent({ ...posted, body: "" }))).statusCode).toBe(400);
    const event = makeEvent(posted);
    expect((await handle({ ...event, headers: null, multiValueHeaders: null })).statusCode).toBe(401);
  });

  it("tells when to send again", async () => {
    const broken = { ...createMemoryInbox(), insert: () => Promise.reject(new Error("down")) };
    const handle = toLambdaHandler(createWebhookReceiver({ source: good, inbox: broken }));
    const event = makeEvent(posted);
    const result = await handle(event);
    expect([result.statusCode, [headersOf(event, result)["retry-after"]].flat()]).toEqual([429, ["60"]]);
  });

  it("with another method is refused", async () => {
    const { handle } = setUp();
    const event = makeEvent(posted);
    const http = { ...event.requestContext?.http, method: "GET" };
    const other = event.httpMethod === undefined ? { requestContext: { ...event.requestContext, http } } : { httpMethod: "GET" };
    const result = await handle({ ...event, ...other });
    expect([result.statusCode, [headersOf(event, result)["allow"]].flat()]).toEqual([405, ["POST"]]);
  });

  it("knows its sender, or none where the sender could have made it up", async () => {
    const { handle } = setUp(allowAddresses(["192.0.2.1"], good));
    const event = makeEvent(posted);
    expect((await handle(event)).statusCode).toBe(event.requestContext?.elb === undefined ? 200 : 403);
    const others = setUp(allowAddresses(["198.51.100.0/24"], good));
    // The first of X-Forwarded-For is whatever the sender says.
    expect((await others.handle(event)).statusCode).toBe(403);
  });
});

it.each(Object.entries(lambdaEvents))("%s with the signature twice is refused", async (_name, makeEvent) => {
  const { handle } = setUp();
  for (const signatures of [
    [signature, signature],
    ["", signature],
    [createTestSigner().sign(body), signature],
  ])
    // prettier-ignore
    expect((await handle(makeEvent({ body, headers: { "x-ghl-signature": signatures } }))).statusCode).toBe(401);
});

it("bytes that are no text arrive as base64, and are refused as no JSON only when they are signed", async () => {
  const { handle } = setUp();
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
  const makeEvent = lambdaEvents["a function URL, base64"] as MakeEvent;
  const binary = { "Content-Type": "application/octet-stream" };
  const unsigned = await handle(makeEvent({ body: bytes, headers: binary }));
  const signed = await handle(makeEvent({ body: bytes, headers: { ...binary, "x-ghl-signature": signer.sign(bytes) } }));
  expect([unsigned, signed].map(({ body: text }) => (JSON.parse(text) as { reason: string }).reason)).toEqual(["signature_missing", "not_json"]); // prettier-ignore
});

it("a body that says it is base64 and is not is a mistake on this side, not a forgery", async () => {
  const { handle } = setUp();
  const event = (lambdaEvents["an HTTP API"] as MakeEvent)(posted);
  const result = await handle({ ...event, isBase64Encoded: true });
  expect([result.statusCode, (JSON.parse(result.body) as { reason: string }).reason]).toEqual([429, "body_not_raw"]);
});

it.each<[string, (event: LambdaEvent) => Partial<LambdaEvent>, number]>([
  ["a Buffer", ({ body }) => ({ body: Buffer.from(String(body), "base64"), isBase64Encoded: false }), 200],
  ["a Buffer that is still called base64", ({ body }) => ({ body: Buffer.from(String(body), "base64") }), 200],
  ["an ArrayBuffer", ({ body }) => ({ body: Uint8Array.from(Buffer.from(String(body), "base64")).buffer }), 200],
  ["an object, with what was received in rawBody", ({ body }) => ({ body: { parsed: true }, rawBody: body }), 200],
  ["an object", () => ({ body: { parsed: true } }), 429],
])("a body that a middleware made into %s", async (_name, change, status) => {
  const { handle } = setUp();
  const event = (lambdaEvents["a function URL, base64"] as MakeEvent)(posted);
  expect((await handle({ ...event, ...change(event) })).statusCode).toBe(status);
});
