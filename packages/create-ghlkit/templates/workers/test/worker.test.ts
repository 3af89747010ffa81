import { createEmulator } from "@ghlkit/emulator";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Env, QueuedEvent } from "../src/env.ts";
import worker from "../src/worker.ts";

// The emulator is a local HighLevel: it keeps contacts, checks every request and signs webhooks.
const emulator = createEmulator({
  webhooks: { url: "https://app.example/webhooks", deliver: (request) => worker.fetch(request, env) },
});
const { locationId, tokens } = emulator.seed;
const queued: QueuedEvent[] = [];
let server: Awaited<ReturnType<typeof emulator.listen>>;
let env: Env;

beforeAll(async () => {
  server = await emulator.listen();
  env = {
    GHL_BASE_URL: server.url,
    GHL_TOKEN: tokens.location,
    GHL_LOCATION_ID: locationId,
    GHL_APP_ID: emulator.seed.app.id,
    GHL_WEBHOOK_KEY: (await emulator.webhookPublicKeys()).ed25519,
    EVENTS: {
      send: async (event) => void queued.push(event),
    },
  };
});

afterAll(() => server.close());

const post = (path: string, body: unknown): Promise<Response> =>
  worker.fetch(
    new Request(`https://app.example${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json" },
    }),
    env,
  );

/** What Cloudflare does with the queue. */
async function deliver(events: readonly QueuedEvent[]): Promise<readonly string[]> {
  const outcomes: string[] = [];
  const messages = events.map((body) => ({
    body,
    attempts: 1,
    ack: () => void outcomes.push("ack"),
    retry: () => void outcomes.push("retry"),
  }));
  await worker.queue({ messages }, env);
  return outcomes;
}

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

  await emulator.webhooks.settle();
  expect(await deliver(queued.splice(0))).toContain("ack");
  expect(await tagsOf(saved.contactId)).toEqual(expect.arrayContaining(["website", "to call"]));

  const again = await post("/leads", { name: "Ada Lovelace", email: "ADA@example.com" });
  expect(await again.json()).toMatchObject({ contactId: saved.contactId, isNew: false });
});

test("an event that cannot be handled is tried again", async () => {
  const event = { id: "event-1", type: "ContactCreate", payload: { id: "no-such-contact" } };
  const log = vi.spyOn(console, "error").mockReturnValue();
  expect(await deliver([event])).toEqual(["retry"]);
  expect(log).toHaveBeenCalledWith(expect.stringContaining("ContactCreate failed"), expect.objectContaining({ code: "not_found" }));
  log.mockRestore();
});

test("a forged webhook is refused", async () => {
  const forged = await post("/webhooks", emulator.webhooks.sample("ContactCreate"));
  expect(forged.status).toBe(401);
});
