import { describe, expect, it } from "vitest";
import { isGhlError } from "@ghlkit/core";
import { createManualClock } from "@ghlkit/core/testing";
import {
  allowAddresses,
  createConversationProviderSource,
  createMarketplaceSource,
  createWorkflowSource,
  type WebhookSource,
} from "../../src/index.ts";
import { appId, createTestSigner } from "../signer.ts";

const secret = "0123456789abcdef0123";
const signer = createTestSigner();
const yes: WebhookSource = { name: "any", verify: async () => ({ valid: false, reason: "body_empty", message: "reached" }) };

async function reasonOf(source: WebhookSource, body: string, headers: Record<string, string | string[]>): Promise<string> {
  const verdict = await source.verify({ body, headers });
  return verdict.valid ? "valid" : verdict.reason;
}

describe("a workflow's webhook", () => {
  const body = JSON.stringify({ contact_id: "c-1", type: "ContactCreate", location: { id: "loc-1" } });
  const source = createWorkflowSource({ header: "X-My-Secret", secret: [secret, "another-secret-of-ours"] });

  it("is known by its secret header alone", async () => {
    expect(await reasonOf(source, body, { "x-my-secret": secret })).toBe("valid");
    expect(await reasonOf(source, body, { "X-MY-SECRET": "another-secret-of-ours" })).toBe("valid");
    expect(await reasonOf(source, body, {})).toBe("secret_missing");
    expect(await reasonOf(source, body, { "x-my-secret": "" })).toBe("secret_missing");
    for (const wrong of [`${secret} `, secret.slice(1), `${secret}, ${secret}`, "x"])
      expect(await reasonOf(source, body, { "x-my-secret": wrong })).toBe("secret_wrong");
    expect(await reasonOf(source, body, { "x-my-secret": [secret, secret] })).toBe("secret_wrong");
    expect(await reasonOf(source, "[]", { "x-my-secret": secret })).toBe("not_json");
  });

  it("is an event of its own type, and keeps no secret", async () => {
    const verdict = await source.verify({ body, headers: { "x-my-secret": secret } });
    if (!verdict.valid) throw new Error(verdict.reason);
    expect(verdict.event).toMatchObject({ type: "WorkflowWebhook", entity: "contact:c-1", source: "workflow" });
    expect(JSON.stringify(verdict.event.headers)).not.toContain(secret);
    expect(verdict.event.id).toMatch(/^sha256:[0-9a-f]{64}@\d+$/);
  });

  it("is a retry within the hour and a new event later, unless it is told otherwise or says who it is", async () => {
    const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
    const idsOf = async (options: { readonly repeatAfterMs?: number }, text = body): Promise<readonly string[]> => {
      const its = createWorkflowSource({ header: "x-my-secret", secret, clock, ...options });
      const ids: string[] = [];
      for (const waitMs of [0, 1_800_000, 3_600_000]) {
        await clock.advance(waitMs);
        const verdict = await its.verify({ body: text, headers: { "x-my-secret": secret } });
        if (verdict.valid) ids.push(verdict.event.id);
      }
      await clock.advance(1_800_000);
      return ids;
    };
    const [first, retry, again] = await idsOf({});
    expect([first === retry, first === again]).toEqual([true, false]);
    expect(new Set(await idsOf({ repeatAfterMs: Number.POSITIVE_INFINITY })).size).toBe(1);
    expect(new Set(await idsOf({}, JSON.stringify({ webhookId: "run-1" })))).toEqual(new Set(["run-1"]));
  });

  it.each([
    { header: "a b", secret },
    { header: "x", secret: "short" },
    { header: "x", secret: [] },
    { header: "x", secret, repeatAfterMs: 0 },
  ])("is not set up with %j", (options) => {
    let error: unknown;
    try {
      createWorkflowSource(options);
    } catch (caught) {
      error = caught;
    }
    expect(isGhlError(error, "invalid_request")).toBe(true);
  });
});

it("a provider's message is one whatever its type says", async () => {
  const source = createConversationProviderSource({ appId, additionalKeys: [signer.publicPem] });
  const body = JSON.stringify({ type: "SMS", messageId: "m-1", contactId: "c-1", locationId: "loc-1", phone: "+15550100" });
  const verdict = await source.verify({ body, headers: { "x-ghl-signature": signer.sign(body) } });
  if (!verdict.valid || verdict.event.type !== "ProviderOutboundMessage") throw new Error("it is no provider message");
  expect([verdict.event.payload.type, verdict.event.entity]).toEqual(["SMS", "conversation:c-1"]);
  expect(await reasonOf(source, body, {})).toBe("signature_missing");
});

it.each([
  ["additionalKeys[1]", { additionalKeys: [signer.publicPem, "no key"] }],
  ["additionalKeys[0]", { additionalKeys: [""] }],
  ["additionalKeys[0]", { additionalKeys: [signer.rsaPublicPem] }],
  ["additionalKeys[0]", { additionalKeys: ["no key"], engine: "webcrypto" }],
  ["legacyRsa.additionalKeys[0]", { legacyRsa: { additionalKeys: [signer.publicPem] } }],
] as const)("%s that is no key is refused when it is given, not at the first delivery", (option, keys) => {
  expect(() => createMarketplaceSource({ appId, ...keys })).toThrow(
    expect.objectContaining({ code: "invalid_request", message: expect.stringContaining(`${option} is not an`) }),
  );
});

describe("a list of addresses", () => {
  it.each([
    ["10.0.0.0/8", "10.255.0.1", true],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["10.0.0.0/8", "11.0.0.1", false],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.7", "192.0.2.8", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["::1", "0:0:0:0:0:0:0:1", true],
    ["0.0.0.0/0", "::1", false],
    ["10.0.0.0/8", "10.0.0.300", false],
    ["10.0.0.0/8", "nonsense", false],
    ["10.0.0.0/8", undefined, false],
  ])("%s lets %s through: %s", async (network, address, isAllowed) => {
    const verdict = await allowAddresses([network], yes).verify({ body: "", headers: {}, address });
    expect(!verdict.valid && verdict.reason).toBe(isAllowed ? "body_empty" : "address_not_allowed");
  });

  it.each(["10.0.0.0/33", "10.0.0/8", "x", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "1::2::3"])(
    "does not take %s for a network",
    (network) => {
      expect(() => allowAddresses([network], yes)).toThrow("network must be");
    },
  );
});
