import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import fc from "fast-check";
import { isGhlError } from "@ghlkit/core";
import { verifyWebhook, type MarketplaceSourceOptions, type RawDelivery } from "../../src/index.ts";
import { appId, createTestSigner, oddBody } from "../signer.ts";

const signer = createTestSigner();
const body = oddBody();
const good = { body, headers: { "content-type": "application/json", "x-ghl-signature": signer.sign(body) } };
const options: MarketplaceSourceOptions = { appId, additionalKeys: [signer.publicPem] };

async function reasonOf(delivery: RawDelivery, more: Partial<MarketplaceSourceOptions> = {}): Promise<string> {
  const verdict = await verifyWebhook(delivery, { ...options, ...more } as MarketplaceSourceOptions);
  return verdict.valid ? "valid" : verdict.reason;
}

const withHeaders = (headers: RawDelivery["headers"]): RawDelivery => ({ body, headers });
const signed = (text: string | Uint8Array<ArrayBuffer>): RawDelivery => ({ body: text, headers: { "x-ghl-signature": signer.sign(text) } });

describe.each(["auto", "webcrypto"] as const)("verifyWebhook with %s", (engine) => {
  it("accepts what the platform signed, byte for byte, in any shape of body and headers", async () => {
    const bytes = new TextEncoder().encode(body);
    for (const shape of [body, bytes, bytes.buffer]) expect(await reasonOf({ ...good, body: shape }, { engine })).toBe("valid");
    const ofAnotherLibrary = { get: (name: string) => (name === "x-ghl-signature" ? signer.sign(body) : null) } as unknown as Headers;
    for (const headers of [
      new Headers(good.headers),
      ofAnotherLibrary,
      { "X-GHL-Signature": signer.sign(body) },
      { "x-ghl-signature": [signer.sign(body)] },
    ])
      expect(await reasonOf(withHeaders(headers), { engine })).toBe("valid");
  });

  it("refuses every changed byte", async () => {
    const bytes = new TextEncoder().encode(body);
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await reasonOf({ ...good, body: changed }, { engine })).toBe("signature_wrong");
    }
    expect(await reasonOf({ ...good, body: JSON.stringify(JSON.parse(body)) }, { engine })).toBe("signature_wrong");
    expect(await reasonOf({ ...good, body: `${body} ` }, { engine })).toBe("signature_wrong");
    expect(await reasonOf({ ...good, body: `\uFEFF${body}` }, { engine })).toBe("signature_wrong");
  });

  it("refuses a key that is not on the list, and the platform's own absence of one", async () => {
    const stranger = createTestSigner();
    expect(await reasonOf(withHeaders({ "x-ghl-signature": stranger.sign(body) }), { engine })).toBe("signature_wrong");
    expect(await reasonOf(good, { engine, additionalKeys: [] })).toBe("signature_wrong");
    expect(await reasonOf(good, { engine, additionalKeys: [stranger.publicPem, signer.publicPem] })).toBe("valid");
  });

  it("takes the legacy signature only where it is switched on, and never instead of a wrong current one", async () => {
    const legacy = { "x-wh-signature": signer.signRsa(body) };
    const on = { engine, legacyRsa: { additionalKeys: [signer.rsaPublicPem] } };
    expect(await reasonOf(withHeaders(legacy), { engine })).toBe("signature_missing");
    expect(await reasonOf(withHeaders(legacy), { engine, legacyRsa: true })).toBe("signature_malformed");
    expect(await reasonOf(withHeaders(legacy), on)).toBe("valid");
    expect(await reasonOf({ body: `${body} `, headers: legacy }, on)).toBe("signature_wrong");
    expect(await reasonOf(withHeaders({ ...legacy, "x-ghl-signature": createTestSigner().sign(body) }), on)).toBe("signature_wrong");
    expect(await reasonOf(withHeaders({ ...legacy, "x-ghl-signature": "N/A" }), on)).toBe("signature_not_available");
  });
});

describe("a signature header", () => {
  const valid = signer.sign(body);
  /** The last letter holds two bits of the signature; the four behind them are not zero here. */
  const otherSpelling: Readonly<Record<string, string>> = { A: "B", Q: "R", g: "h", w: "x" };
  const unpadded = valid.replace(/=+$/, "");
  it.each([
    ["missing", undefined, "signature_missing"],
    ["empty", "", "signature_missing"],
    ["N/A", "N/A", "signature_not_available"],
    ["repeated", `${valid}, ${valid}`, "signature_repeated"],
    ["repeated as a list", [valid, valid], "signature_repeated"],
    ["unpadded", unpadded, "signature_malformed"],
    [
      "base64url",
      valid
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replace(/^[A-Za-z0-9]/, "-"),
      "signature_malformed",
    ],
    ["hex", Buffer.from(valid, "base64").toString("hex"), "signature_malformed"],
    ["spaces around", ` ${valid} `, "signature_malformed"],
    ["a newline", `${valid}\n`, "signature_malformed"],
    ["63 bytes", Buffer.alloc(63, 1).toString("base64"), "signature_malformed"],
    ["65 bytes", Buffer.alloc(65, 1).toString("base64"), "signature_malformed"],
    ["all zero", Buffer.alloc(64).toString("base64"), "signature_wrong"],
    ["over-long", "A".repeat(100_000), "signature_malformed"],
    ["another spelling of the same bytes", valid.replace(/.==$/, (end) => `${otherSpelling[end[0] ?? ""]}==`), "signature_malformed"],
    ["not ASCII", "ä".repeat(88), "signature_malformed"],
    ["a prefix", `ed25519=${valid}`, "signature_malformed"],
  ] as const)("%s", async (_name, value, expected) => {
    const reason = await reasonOf(withHeaders({ "x-ghl-signature": value }));
    expect(reason).not.toBe("valid");
    if (expected !== undefined) expect(reason).toBe(expected);
  });
});

describe("a body", () => {
  it.each([
    ["is empty", { ...good, body: "" }, "body_empty"],
    ["is parsed", { ...good, body: JSON.parse(body) as string }, "body_not_raw"],
    ["is missing", { ...good, body: undefined as unknown as string }, "body_not_raw"],
    ["is too large", { ...good, body: " ".repeat(1_048_577) }, "body_too_large"],
    ["is compressed", { body, headers: { ...good.headers, "content-encoding": "gzip" } }, "content_encoding"],
    ["is a form", { body, headers: { ...good.headers, "content-type": "application/x-www-form-urlencoded" } }, "content_type"],
    ["is in another charset", { body, headers: { ...good.headers, "content-type": "application/json; charset=latin1" } }, "content_type"],
    ["is signed but no JSON", signed("hello"), "not_json"],
    ["is signed but a list", signed("[]"), "not_json"],
    ["is signed but null", signed("null"), "not_json"],
    ["is signed but not UTF-8", signed(Uint8Array.of(123, 34, 255, 34, 58, 49, 125)), "not_json"],
    ["is nested too deeply", signed(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), "too_deep"],
    ["is another app's", signed(oddBody({ appId: "another-app" })), "other_app"],
  ] as const)("that %s is refused", async (_name, delivery, reason) => {
    expect(await reasonOf(delivery)).toBe(reason);
  });

  it.each([undefined, "application/json; charset=UTF-8", "text/plain", "application/cloudevents+json"])(
    "may be of type %s",
    async (type) => {
      expect(await reasonOf(withHeaders({ "x-ghl-signature": signer.sign(body), "content-type": type }))).toBe("valid");
    },
  );

  it("tells for each framework how to keep the bytes", async () => {
    const verdict = await verifyWebhook({ ...good, body: JSON.parse(body) as string }, options);
    const message = verdict.valid ? "" : verdict.message;
    for (const name of ["Express", "Fastify", "Hono", "Next", "Nest", "Lambda", "Workers"]) expect(message).toContain(name);
    expect(message).not.toContain("Zo");
  });

  it("may name no app", async () => {
    expect(await reasonOf(signed(oddBody({ appId: undefined })))).toBe("valid");
  });

  it.each([
    [undefined, 0],
    [259_200_000, 0],
    [300_000, 1],
  ])("with a window of %s ms warns %i times", async (freshWithinMs, times) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await reasonOf(good, freshWithinMs === undefined ? {} : { freshWithinMs });
    expect(warn).toHaveBeenCalledTimes(times);
    warn.mockRestore();
  });

  it("may be of any age, unless a window is set", async () => {
    const old = signed(oddBody({ timestamp: "2020-01-01T00:00:00.000Z" }));
    expect(await reasonOf(old)).toBe("valid");
    expect(await reasonOf(old, { freshWithinMs: 7 * 86_400_000 })).toBe("too_old");
  });
});

it("needs to know the app, or to be told in plain words that any will do", async () => {
  const wrong = await verifyWebhook(good, { additionalKeys: [signer.publicPem] } as unknown as MarketplaceSourceOptions).catch((error: unknown) => error); // prettier-ignore
  expect(isGhlError(wrong, "invalid_request")).toBe(true);
  const any: MarketplaceSourceOptions = { dangerouslyAcceptAnyApp: true, additionalKeys: [signer.publicPem] };
  expect((await verifyWebhook(signed(oddBody({ appId: "another-app" })), any)).valid).toBe(true);
});

it("reads whatever is signed without throwing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("type", "webhookId", "timestamp", "id", "locationId")), fc.jsonValue()),
      async (fields) => {
        const verdict = await verifyWebhook(signed(JSON.stringify(fields)), options);
        if (!verdict.valid) return expect(verdict.reason).toBe("other_app");
        expect(JSON.parse(JSON.stringify(verdict.event.payload))).toEqual(JSON.parse(JSON.stringify(fields)));
        expect(inspect(verdict.event.entity)).not.toContain("undefined:");
      },
    ),
    { numRuns: 500 },
  );
});
