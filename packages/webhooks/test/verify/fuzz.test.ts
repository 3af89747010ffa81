import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryInbox } from "@ghlkit/storage";
import { toLambdaHandler } from "../../src/adapters/lambda.ts";
import {
  createConversationProviderSource,
  createMarketplaceSource,
  createWebhookReceiver,
  createWorkflowSource,
  type HeadersLike,
  type MarketplaceSourceOptions,
  type WebhookSource,
} from "../../src/index.ts";
import { parseBody } from "../../src/verify/parse-body.ts";
import { appId, createTestSigner, oddBody } from "../signer.ts";

const signer = createTestSigner();
const secret = "0123456789abcdef0123";
const keys: MarketplaceSourceOptions = {
  appId,
  additionalKeys: [signer.publicPem],
  legacyRsa: { additionalKeys: [signer.rsaPublicPem] },
};
const genuine = new TextEncoder().encode(oddBody());
const signature = signer.sign(genuine);
const signedHeaders = { "content-type": "application/json", "x-ghl-signature": signature };

const sources: Readonly<Record<string, WebhookSource>> = {
  "events, Node's crypto": createMarketplaceSource(keys),
  "events, WebCrypto": createMarketplaceSource({ ...keys, engine: "webcrypto" }),
  "a provider's messages": createConversationProviderSource(keys),
  "a workflow's webhook": createWorkflowSource({ header: "x-secret", secret }),
};

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.json().map((text) => new TextEncoder().encode(text)),
  fc.constant(genuine),
) as fc.Arbitrary<Uint8Array<ArrayBuffer>>;
const names = fc.constantFrom("x-ghl-signature", "X-GHL-Signature", "x-wh-signature", "content-type", "content-encoding", "x-secret");
const values = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.base64String({ minLength: 88, maxLength: 88 }),
  fc.constantFrom("", "N/A", "application/json", "identity", "gzip", signer.sign("another body"), secret.toUpperCase()),
);
const headers = fc.dictionary(fc.oneof(names, fc.string()), fc.oneof(values, fc.array(values, { maxLength: 3 })));

/** Where bytes change: one altered, one more, some fewer, two swapped. */
const change = fc.record({
  kind: fc.constantFrom("alter", "insert", "cut", "swap" as const),
  at: fc.nat(),
  other: fc.nat(),
  by: fc.integer({ min: 1, max: 255 }),
});

function changed(
  from: Uint8Array,
  { kind, at, other, by }: { kind: string; at: number; other: number; by: number },
): Uint8Array<ArrayBuffer> {
  const list = [...from];
  const [here, there] = [at % list.length, other % list.length];
  if (kind === "alter") list[here] = ((list[here] ?? 0) + by) % 256;
  if (kind === "insert") list.splice(here, 0, by);
  if (kind === "cut") list.splice(here, 1 + (other % 40));
  if (kind === "swap") [list[here], list[there]] = [list[there] ?? 0, list[here] ?? 0];
  return Uint8Array.from(list);
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe.each(Object.entries(sources))("%s", (_name, source) => {
  it("never throws and never accepts, whatever the bytes and headers", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, headers, async (body, sent) => {
        expect((await source.verify({ body, headers: sent as HeadersLike })).valid).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("is not taken in by what is no body at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (body) => {
        const { valid } = await source.verify({ body: body as string, headers: { ...signedHeaders, "x-secret": `${secret}x` } });
        expect(valid).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("is not taken in by what are no headers at all, either", async () => {
    const names = { "x-ghl-signature": fc.anything(), "x-secret": fc.anything(), "content-type": fc.anything() };
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.anything(), fc.record(names, { requiredKeys: [] })), async (sent) => {
        expect((await source.verify({ body: genuine, headers: sent as HeadersLike })).valid).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe.each(["auto", "webcrypto"] as const)("a genuine delivery, with %s", (engine) => {
  const source = createMarketplaceSource({ ...keys, engine });

  it("is refused once a byte of its body has changed", async () => {
    expect((await source.verify({ body: genuine, headers: signedHeaders })).valid).toBe(true);
    await fc.assert(
      fc.asyncProperty(change, async (how) => {
        const body = changed(genuine, how);
        fc.pre(!isSame(body, genuine));
        expect((await source.verify({ body, headers: signedHeaders })).valid).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused once a byte of its signature has changed, in the text or behind it", async () => {
    const raw = Buffer.from(signature, "base64");
    await fc.assert(
      fc.asyncProperty(change, fc.boolean(), async (how, isText) => {
        const text = isText ? Buffer.from(changed(Buffer.from(signature), how)).toString("latin1") : Buffer.from(changed(raw, how)).toString("base64"); // prettier-ignore
        fc.pre(text !== signature);
        expect((await source.verify({ body: genuine, headers: { "x-ghl-signature": text } })).valid).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

it("of signed bytes, those that are a JSON object come through as they are, and no others", async () => {
  const source = createMarketplaceSource({ dangerouslyAcceptAnyApp: true, additionalKeys: [signer.publicPem] });
  const content = fc.oneof(bytes, fc.string({ unit: "binary" }).map((text) => Buffer.from(text)), fc.json({ maxDepth: 80 }).map((text) => Buffer.from(text))); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(content, async (body) => {
      const verdict = await source.verify({ body, headers: { "x-ghl-signature": signer.sign(body) } });
      const fields = objectOf(body);
      if (verdict.valid) expect(verdict.event.payload).toEqual(fields);
      else if (verdict.reason !== "too_deep")
        expect([verdict.reason, fields]).toEqual([body.length === 0 ? "body_empty" : "not_json", undefined]);
    }),
    { numRuns: 1000 },
  );
});

it("reading bytes never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        fc.json().map((text) => Buffer.from(text)),
      ),
      fc.nat(5),
      (body, maxDepth) => {
        const parsed = parseBody(body, maxDepth);
        if (parsed.valid) expect(parsed.fields).toEqual(objectOf(body));
      },
    ),
    { numRuns: 2000 },
  );
});

it("a receiver answers whatever comes with a refusal, and keeps nothing", async () => {
  const inbox = createMemoryInbox();
  const receiver = createWebhookReceiver({ source: createMarketplaceSource(keys), inbox });
  const lambda = toLambdaHandler(receiver);
  const event = fc.record(
    {
      httpMethod: fc.constantFrom("POST", "GET"),
      headers: fc.dictionary(names, values),
      multiValueHeaders: fc.option(fc.dictionary(names, fc.array(values, { maxLength: 2 }))),
      body: fc.option(fc.string()),
      isBase64Encoded: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(bytes, headers, event, async (body, sent, lambdaEvent) => {
      const answered = (await receiver.receive({ body, headers: sent as HeadersLike })).status;
      const { statusCode, body: text } = await lambda(lambdaEvent);
      expect(answered >= 400 && answered !== 429).toBe(true);
      // What AWS calls base64 and is not was changed on this side.
      expect(statusCode >= 400 && (statusCode !== 429 || text.includes("body_not_raw"))).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect((await inbox.query()).deliveries).toEqual([]);
});

/** What the bytes say, read in the plainest way. */
function objectOf(body: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
