// Imports and constructs what a program makes at its start, with everything taken away that costs something. Prints what was used.
import { forbidEverything, used } from "./forbid.ts";

forbidEverything();

const { createGhl, fromEnv, oauth, withRateLimit, createWebhookReader } = await import("../../src/index.ts");
const node = await import("../../src/node.ts");
const health = await import("../../src/health.ts");
const telemetry = await import("../../src/telemetry.ts");
const auth = await import("@ghlkit/auth");
const core = await import("@ghlkit/core");
const client = await import("@ghlkit/client");
const v2 = await import("@ghlkit/client/v2");
const paths = await import("@ghlkit/client/path");
const resilience = await import("@ghlkit/resilience");
const storage = await import("@ghlkit/storage");
const webhooks = await import("@ghlkit/webhooks");
await import("@ghlkit/contract");

const key = new Uint8Array(32);
const stores = storage.createMemoryStorage();
const redirectUri = "https://app.example.com/oauth/callback";
const app = { clientId: "0123456789abcdef01234567-abcdefgh", clientSecret: "not-a-secret-of-anybody", redirectUri };
const token = "pit-00000000-0000-0000-0000-000000000000";
const location = "loc0000000000000000a";
const appId = "0123456789abcdef01234567";

const constructions: Readonly<Record<string, () => unknown>> = {
  "createGhl, nothing but a token": () => createGhl({ token, location }),
  "createGhl, every setting": () =>
    createGhl({
      token,
      company: "com0000000000000000a",
      baseUrl: "http://127.0.0.1:1",
      fetch: () => Promise.reject(new Error("no")),
      timeoutMs: 1,
      totalMs: 2,
      limits: { limit: 1, windowMs: 10, daily: { limit: 5, reserve: 1 }, window: stores.rates },
      retry: { maxAttempts: 2 },
      breaker: { failures: 2 },
      cacheMs: { "users.list": 5 },
      logger: console,
      onEvent: () => {},
      layers: [core.withAttemptTimeout()],
    }),
  "createGhl of an app": () => createGhl({ oauth: app, storage: stores }).location(location).contacts,
  "createGhl of an app, in memory": () => createGhl({ oauth: app }),
  "createGhl with a limiter of its own": () => createGhl({ token, location, limiter: withRateLimit() }),
  "createGhl fromEnv": () => createGhl(fromEnv({ GHL_TOKEN: token, GHL_LOCATION_ID: location })),
  oauth: () => oauth({ ...app, layers: [withRateLimit()], onEvent: () => {} }),
  "routes of an app": () => auth.createAuthRoutes({ auth: oauth(app), scopes: ["contacts.readonly"] }),
  privateIntegration: () => auth.privateIntegration({ token, location }),
  rotatingPrivateIntegration: () =>
    auth.rotatingPrivateIntegration({ token, location, previousToken: `${token.slice(0, -1)}1`, createdAt: new Date(0) }),
  encryptedTokenStore: () => auth.encryptedTokenStore(stores.tokens, { current: "a", keys: { a: key } }),
  createClient: () => client.createClient().location(location),
  "createClient, v2": () => v2.createClient({ layers: [resilience.withRetry()] }),
  createPipeline: () => client.createPipeline({ credentials: auth.privateIntegration({ token, location }) }),
  "path level": () => paths,
  "every layer": () =>
    core.compose(
      [
        core.withLogging(console),
        resilience.withDeadline({ totalMs: 5 }),
        resilience.withCache({ ttlMs: resilience.referenceData }),
        resilience.withCollapsing(),
        resilience.withRetry(resilience.retryPresets.interactive),
        resilience.withRateLimit(),
        resilience.withRateLimit({ window: stores.rates }),
        resilience.withCircuitBreaker(),
        core.withAttemptTimeout(),
        core.readBody,
      ],
      core.fetchSend(globalThis.fetch),
    ),
  "layers around a fetch": () => core.layeredFetch([resilience.withRetry()], globalThis.fetch),
  "memory storage": () => [storage.createMemoryStorage(), storage.createMemoryInbox(), storage.createMemoryJournal()],
  "webhook receiver": () =>
    webhooks.createWebhookReceiver({
      source: webhooks.createMarketplaceSource({ appId, legacyRsa: true }),
      inbox: stores.inbox,
      handlers: { "*": () => {} },
      worker: { retention: {} },
    }),
  "sources of webhooks": () => [
    webhooks.createConversationProviderSource({ appId }),
    webhooks.createWorkflowSource({ header: "x-secret", secret: "only-for-this-test-0123" }),
    webhooks.allowAddresses,
  ],
  "webhook worker": () => webhooks.createWebhookWorker({ inbox: stores.inbox, handlers: { "*": () => {} } }),
  "webhook reader": () => createWebhookReader(client.createClient()),
  health: () => [
    health.createHealth({ storage: stores, ghl: createGhl({ token, location }) }),
    health.createHealthRoute(health.createHealth({})),
  ],
  telemetry: () => telemetry.createTelemetry(),
  "entry point for Node.js": () => [node, node.undiciSend({ connections: 5, ca: [] })],
};

const failures: string[] = [];
for (const [name, construct] of Object.entries(constructions)) {
  used.length = 0;
  try {
    construct();
  } catch (error) {
    failures.push(`${name}: ${String(error)}`);
  }
  failures.push(...used.map((what) => `${name}: ${what}`));
}
console.log(JSON.stringify({ constructed: Object.keys(constructions).length, failures }));
