import { createEmulator } from "@ghlkit/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as postLead } from "../src/app/leads/route.ts";
import { POST as postWebhook } from "../src/app/webhooks/route.ts";
import { integration } from "../src/shared-integration.ts";

// The emulator is a local HighLevel: it keeps contacts, checks every request and signs webhooks.
const emulator = createEmulator({ webhooks: { url: "https://app.example/webhooks", deliver: postWebhook } });
const { locationId, tokens } = emulator.seed;
let server: Awaited<ReturnType<typeof emulator.listen>>;

beforeAll(async () => {
  server = await emulator.listen();
  Object.assign(process.env, {
    GHL_BASE_URL: server.url,
    GHL_TOKEN: tokens.location,
    GHL_LOCATION_ID: locationId,
    GHL_APP_ID: emulator.seed.app.id,
    GHL_WEBHOOK_KEY: (await emulator.webhookPublicKeys()).ed25519,
    GHL_DATABASE: ":memory:",
  });
});

afterAll(async () => {
  await (await integration()).close();
  await server.close();
});

const json = (path: string, body: unknown): Request =>
  new Request(`https://app.example${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  });

async function tagsOf(contactId: string): Promise<readonly string[]> {
  const headers = { Version: "v3", Authorization: `Bearer ${tokens.location}` };
  const response = await emulator.fetch(new Request(`${server.url}/contacts/${contactId}`, { headers }));
  return ((await response.json()) as { readonly contact: { readonly tags: readonly string[] } }).contact.tags;
}

test("a lead becomes a contact once, and its webhook adds a tag", async () => {
  const first = await postLead(json("/leads", { name: "Ada Lovelace", email: "ada@example.com" }));
  expect(first.status).toBe(200);
  const saved = (await first.json()) as { readonly contactId: string; readonly isNew: boolean };
  expect(saved.isNew).toBe(true);

  await expect.poll(() => tagsOf(saved.contactId)).toEqual(expect.arrayContaining(["website", "to call"]));

  const again = await postLead(json("/leads", { name: "Ada Lovelace", email: "ADA@example.com" }));
  expect(await again.json()).toMatchObject({ contactId: saved.contactId, isNew: false });
});

test("the form of the page leads back to it", async () => {
  const body = new URLSearchParams({ name: "Grace Hopper", email: "grace@example.com" });
  const answer = await postLead(new Request("https://app.example/leads", { method: "POST", body }));
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/?sent=yes"]);
});

test("a forged webhook is refused", async () => {
  const forged = await postWebhook(json("/webhooks", emulator.webhooks.sample("ContactCreate")));
  expect(forged.status).toBe(401);
});
