import { verify } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventDescriptions } from "@ghlkit/contract/events";
import { describe, expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { createEndpoint } from "./endpoint.ts";

describe("a triggered event", () => {
  test("arrives signed over its bytes, flat, with the envelope", async () => {
    const { emulator, received } = createEndpoint();
    const { seed, webhooks } = emulator;
    const [delivery] = webhooks.trigger("ContactCreate", { email: "anna@example.com", phone: undefined });
    expect(delivery).toMatchObject({ type: "ContactCreate", state: "waiting", locationId: seed.locationId, appId: seed.app.id });
    await webhooks.settle();
    expect(received).toHaveLength(1);
    const [{ headers, bytes, body } = expect.fail()] = received;
    expect(body).toMatchObject({
      type: "ContactCreate",
      locationId: seed.locationId,
      companyId: seed.companyId,
      appId: seed.app.id,
      versionId: seed.app.versionId,
      timestamp: "2026-01-01T00:00:00.000Z",
      webhookId: delivery?.webhookId,
      email: "anna@example.com",
    });
    expect(body).not.toHaveProperty("phone");
    const { ed25519 } = await emulator.webhookPublicKeys();
    expect(verify(null, bytes, ed25519, Buffer.from(headers.get("x-ghl-signature") ?? "", "base64"))).toBe(true);
    expect(headers.has("x-wh-signature")).toBe(false);
    expect(webhooks.delivery(delivery?.id ?? "")).toMatchObject({ state: "delivered", attempts: [{ number: 1, status: 200 }] });
  });

  test.each(eventDescriptions().map(({ kind, type }) => [kind, type] as const))(
    "%s can be sampled, signed and delivered",
    async (kind, type) => {
      const { emulator, received } = createEndpoint();
      emulator.webhooks.trigger(kind, {}, { url: "https://other.example/" });
      await emulator.webhooks.settle();
      expect(received).toMatchObject([
        { url: "https://other.example/", body: { webhookId: expect.any(String), appId: emulator.seed.app.id } },
      ]);
      if (type !== undefined) expect(received[0]?.body.type).toBe(type);
    },
  );

  test("both signatures, N/A and none, as the switches say", async () => {
    const both = createEndpoint({ whSignature: "signed" });
    both.emulator.webhooks.trigger("NoteCreate");
    await both.emulator.webhooks.settle();
    const [{ headers, bytes } = expect.fail()] = both.received;
    const { rsa } = await both.emulator.webhookPublicKeys();
    expect(verify("sha256", bytes, rsa, Buffer.from(headers.get("x-wh-signature") ?? "", "base64"))).toBe(true);
    const other = createEndpoint({ ghlSignature: "N/A", whSignature: "N/A" });
    expect((await other.emulator.webhooks.sign("{}")).headers).toMatchObject({ "x-ghl-signature": "N/A", "x-wh-signature": "N/A" });
    const none = createEndpoint({ ghlSignature: "absent" });
    expect((await none.emulator.webhooks.sign("{}")).headers).toEqual({ "content-type": "application/json" });
  });

  test("no URL subscribed, or the app is not installed there: an error that says so", () => {
    const { webhooks } = createEmulator();
    expect(() => webhooks.trigger("ContactCreate")).toThrow(/subscribe a URL/);
    const { emulator } = createEndpoint();
    expect(() => emulator.webhooks.trigger("ContactCreate", { locationId: "elsewhere" })).toThrow(/installed on elsewhere/);
    expect(() => emulator.webhooks.trigger("ContactGreeted")).toThrow("There is no event ContactGreeted");
  });
});

describe("signing without delivering", () => {
  test("takes bytes, text and objects", async () => {
    const { emulator } = createEndpoint();
    const { ed25519 } = await emulator.webhookPublicKeys();
    for (const input of [new Uint8Array([1, 2, 3]), '{ "a": 10.0 }', emulator.webhooks.sample("INSTALL")]) {
      const { body, headers } = await emulator.webhooks.sign(input);
      expect(verify(null, body, ed25519, Buffer.from(headers["x-ghl-signature"] ?? "", "base64"))).toBe(true);
    }
    expect(new TextDecoder().decode((await emulator.webhooks.sign('{ "a": 10.0 }')).body)).toBe('{ "a": 10.0 }');
  });
});

test("goes out over a socket of its own by default, and redirects are not followed", async () => {
  const statuses = [302, 200, 200];
  const seen: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => response.writeHead(statuses.shift() ?? 500, { location: "/elsewhere" }).end());
  });
  server.on("connection", () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const { webhooks } = createEmulator({ webhooks: { url, retry: "none" } });
  for (let count = 0; count < 3; count += 1) {
    webhooks.trigger("ContactCreate");
    await webhooks.settle();
  }
  expect(seen).toEqual(["POST /hook", "POST /hook", "POST /hook"]);
  // A kept one, closed by the receiver for its idleness, would lose a webhook.
  expect(connections).toBe(3);
  expect(webhooks.deliveries().map(({ state }) => state)).toEqual(["failed", "delivered", "delivered"]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  webhooks.trigger("ContactCreate");
  await webhooks.settle();
  expect(webhooks.deliveries().at(-1)?.attempts).toMatchObject([{ error: expect.stringMatching(/^(ECONNREFUSED|UND_ERR_SOCKET)$/) }]);
});

test("thousands of events arrive", async () => {
  const { emulator, received } = createEndpoint();
  for (let count = 0; count < 5000; count += 1) emulator.webhooks.trigger("ContactUpdate");
  await emulator.webhooks.settle();
  expect(received).toHaveLength(5000);
});
