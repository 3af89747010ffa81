import { createEmulator } from "@ghlkit/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../src/app.ts";
import { openIntegration, type Integration } from "../src/integration.ts";

// The emulator is a local HighLevel: it keeps contacts, checks every request and signs webhooks.
const emulator = createEmulator({ webhooks: { url: "https://app.example/webhooks", deliver: async (request) => app.fetch(request) } });
const { locationId, tokens } = emulator.seed;
let server: Awaited<ReturnType<typeof emulator.listen>>;
let integration: Integration;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  server = await emulator.listen();
  integration = await openIntegration({
    GHL_BASE_URL: server.url,
    GHL_TOKEN: tokens.location,
    GHL_LOCATION_ID: locationId,
    GHL_APP_ID: emulator.seed.app.id,
    GHL_WEBHOOK_KEY: (await emulator.webhookPublicKeys()).ed25519,
    GHL_DATABASE: ":memory:",
  });
  app = createApp(integration);
});

afterAll(async () => {
  await integration.close();
  await server.close();
});

const post = (path: string, body: unknown): Response | Promise<Response> =>
  app.request(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

async function tagsOf(contactId: string): Promise<readonly string[]> {
  const headers = { Version: "v3", Authorization: `Bearer ${tokens.location}` };
  const response = await emulator.fetch(new Request(`${server.url}/contacts/${contactId}`, { headers }));
  return ((await response.json()) as { readonly contact: { readonly tags: readonly string[] } }).contact.tags;
}

test("a lead becomes a contact once, and its webhook adds a tag", async () => {
  const first = await post("/leads", { name: "Ada Lovelace", email: "ada@example.com" });
  expect(first.status).toBe(200);
  const saved = (await first.json()) as { readonly contactId: string; readonly isNew: boolean };
  expect(saved.isNew).toBe(true);

  await expect.poll(() => tagsOf(saved.contactId)).toEqual(expect.arrayContaining(["website", "to call"]));

  const again = await post("/leads", { name: "Ada Lovelace", email: "ADA@example.com" });
  expect(await again.json()).toMatchObject({ contactId: saved.contactId, isNew: false });
});

test("a lead without an e-mail address is refused", async () => {
  expect((await post("/leads", { name: "Ada" })).status).toBe(422);
});

test("a forged webhook is refused", async () => {
  const forged = await post("/webhooks", emulator.webhooks.sample("ContactCreate"));
  expect(forged.status).toBe(401);
});
