import { createEmulator } from "@ghlkit/emulator";
import { createMemoryStorage } from "@ghlkit/storage";
import { createMarketplaceSource, createWebhookReceiver } from "@ghlkit/webhooks";
import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHealth } from "../../src/health.ts";
import { createGhl, type GhlApp } from "../../src/index.ts";
import { createTelemetry, metricDefinitions } from "../../src/telemetry.ts";

const redirectUri = "http://127.0.0.1:3000/oauth/callback";

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager()));
afterAll(() => context.disable());

function setUp() {
  const spans = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 });
  const meters = new MeterProvider({ readers: [reader] });
  const telemetry = createTelemetry({ tracer: tracers.getTracer("test"), meter: meters.getMeter("test") });
  /** Points by metric: the attributes and the value, or the count of a histogram. */
  const points = async (): Promise<ReadonlyMap<string, readonly [attributes: object, value: number][]>> => {
    exporter.reset();
    await reader.forceFlush();
    const metrics =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return new Map(
      metrics.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        dataPoints.map(({ attributes, value }) => [attributes, typeof value === "number" ? value : value.count]),
      ]),
    );
  };
  return { spans, telemetry, points };
}

/** An app on an emulator that is installed, with its telemetry. */
async function installed(own: Pick<GhlApp, "onEvent"> = {}) {
  const parts = setUp();
  const emulator = createEmulator({
    webhooks: { url: "https://app.example/hooks", scopes: "ignore", deliver: (request) => receive(request) },
  });
  let receive = (_request: Request): Promise<Response> => Promise.resolve(new Response(null, { status: 503 }));
  const { clientId, clientSecret } = emulator.seed.app;
  const storage = createMemoryStorage();
  const ghl = createGhl({
    oauth: { clientId, clientSecret, redirectUri, ...own },
    storage,
    telemetry: parts.telemetry,
    baseUrl: "http://127.0.0.1",
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  const { code } = emulator.oauth.authorize({ locations: [emulator.seed.locationId], redirectUri });
  await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
  await ghl.auth.installations.settled();
  return {
    ...parts,
    emulator,
    storage,
    ghl,
    deliverTo: (to: typeof receive) => (receive = to),
    location: ghl.location(emulator.seed.locationId),
  };
}

describe("createTelemetry", () => {
  it("counts renewals and installations, and has the app's calls for tokens in spans beside its own listener", async () => {
    const seen: string[] = [];
    const { spans, points, location } = await installed({ onEvent: ({ type }) => seen.push(type) });
    await location.locations.get();
    const metrics = await points();
    expect(seen).toContain("token_minted");
    expect(metrics.get("ghlkit.tokens.renewals")).toContainEqual([{ outcome: "minted", "ghlkit.resource.kind": "location" }, 1]);
    expect(metrics.get("ghlkit.installations.changes")).toContainEqual([{ change: "installed", "ghlkit.resource.kind": "location" }, 2]);
    expect(metrics.get("ghlkit.work.duration")).toContainEqual([{ "ghlkit.work": "token.renew" }, 1]);
    const finished = spans.getFinishedSpans();
    const renewal = finished.find(({ name }) => name === "token.renew");
    const call = finished.find(({ name }) => name === "locations.get");
    const mint = finished.find(({ parentSpanContext }) => parentSpanContext?.spanId === renewal?.spanContext().spanId);
    expect(mint?.attributes).toMatchObject({ "http.request.method": "POST", "http.response.status_code": 200 });
    // The renewal belongs to the call that needed it.
    expect(renewal?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId);
  });

  it("has a handler in a span with its calls inside, counts what became of it, and fails with it", async () => {
    const { spans, telemetry, points, emulator, storage, location, deliverTo } = await installed();
    const { ed25519 } = await emulator.webhookPublicKeys();
    let isBroken = true;
    const receiver = createWebhookReceiver({
      source: createMarketplaceSource({ dangerouslyAcceptAnyApp: true, additionalKeys: [ed25519] }),
      inbox: storage.inbox,
      onEvent: telemetry.onWebhook,
      handlers: {
        ContactCreate: async () => {
          await location.locations.get();
          if (isBroken) throw new Error("ada@example.com");
        },
      },
      worker: { trace: telemetry.trace, retry: { maxAttempts: 1 } },
    });
    deliverTo(receiver);
    await location.contacts.create({ body: { firstName: "Ada", email: "ada@example.com" } });
    await emulator.webhooks.settle();
    await receiver.worker?.runDue();
    isBroken = false;
    await storage.inbox.replay({ state: "dead" });
    await receiver.worker?.runDue();
    const handles = spans.getFinishedSpans().filter(({ name }) => name === "webhook.handle");
    expect(handles.map(({ status, attributes }) => [status.code, attributes["ghlkit.event"], attributes["error.type"]])).toEqual([
      [2, "ContactCreate", "unknown"],
      [0, "ContactCreate", undefined],
    ]);
    const inside = spans
      .getFinishedSpans()
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === handles[0]?.spanContext().spanId);
    expect(inside.map(({ name }) => name)).toEqual(["locations.get"]);
    const metrics = await points();
    expect(metrics.get("ghlkit.webhooks.received")).toEqual([[{ event: "ContactCreate", outcome: "new" }, 1]]);
    expect(metrics.get("ghlkit.webhooks.handled")).toEqual([
      [{ event: "ContactCreate", outcome: "dead" }, 1],
      [{ event: "ContactCreate", outcome: "handled" }, 1],
    ]);
    expect(JSON.stringify([...metrics, handles.map(({ attributes, events, status }) => [attributes, events, status])])).not.toContain(
      "ada@",
    );
  });

  it("counts what receiver and worker refuse and fail at", async () => {
    const { telemetry, points } = setUp();
    telemetry.onWebhook({ type: "rejected", source: "marketplace", reason: "signature_wrong", message: "x" });
    telemetry.onWebhook({ type: "inbox_failed", id: "a", error: new Error("x") });
    telemetry.onWebhook({ type: "inbox_recovered" });
    const metrics = await points();
    expect(metrics.get("ghlkit.webhooks.rejected")).toEqual([[{ source: "marketplace", reason: "signature_wrong" }, 1]]);
    expect(metrics.get("ghlkit.webhooks.problems")).toEqual([[{ problem: "inbox_failed" }, 1]]);
  });

  it("counts copies, location workers, payment questions and private tokens", async () => {
    const { telemetry, points } = setUp();
    telemetry.onSync({ type: "backfilled", kind: "contacts", created: 3, updated: 0, deleted: 0, calls: 2 });
    telemetry.onSync({ type: "reconciled", kind: "contacts", created: 1, updated: 2, deleted: 4, calls: 2 });
    telemetry.onSync({ type: "failed", kind: "messages" });
    telemetry.onLocation({ type: "done" });
    telemetry.onLocation({ type: "queue_failed" });
    telemetry.onPayment({ kind: "other_amount" });
    telemetry.onPrivateToken({ type: "using", token: "previous" });
    const metrics = await points();
    expect(metrics.get("ghlkit.sync.changes")).toEqual([
      [{ kind: "contacts", change: "created" }, 4],
      [{ kind: "contacts", change: "updated" }, 2],
      [{ kind: "contacts", change: "deleted" }, 4],
    ]);
    expect(metrics.get("ghlkit.sync.calls")).toEqual([[{ kind: "contacts" }, 4]]);
    expect(metrics.get("ghlkit.sync.failures")).toEqual([[{ kind: "messages" }, 1]]);
    expect(metrics.get("ghlkit.locations.finished")).toEqual([[{ outcome: "done" }, 1]]);
    expect(metrics.get("ghlkit.locations.queue_failures")).toEqual([[{}, 1]]);
    expect(metrics.get("ghlkit.payments.problems")).toEqual([[{ problem: "other_amount" }, 1]]);
    expect(metrics.get("ghlkit.private_token.switches")).toEqual([[{ token: "previous" }, 1]]);
  });

  it("feeds gauges by the health report, and no longer than wanted", async () => {
    const { telemetry, points } = setUp();
    const storage = createMemoryStorage();
    let looks = 0;
    const health = createHealth({ storage, maxAgeMs: 0 });
    const end = telemetry.observe(() => {
      looks += 1;
      return health();
    });
    const metrics = await points();
    expect(metrics.get("ghlkit.health.status")).toContainEqual([{ check: "storage" }, 0]);
    expect(metrics.get("ghlkit.inbox.waiting")).toEqual([[{}, 0]]);
    // Nothing is said of what was not looked at.
    expect(metrics.get("ghlkit.sync.lag_seconds") ?? []).toEqual([]);
    expect(looks).toBe(1);
    end();
    await points();
    expect(looks).toBe(1);
  });

  it("makes no metric that is not defined, each with the attributes of its definition", async () => {
    const { points, location } = await installed();
    await location.locations.get();
    for (const [name, found] of await points()) {
      const definition = metricDefinitions[name];
      expect(definition, name).toBeDefined();
      for (const [attributes] of found) for (const key of Object.keys(attributes)) expect(definition?.attributes, name).toContain(key);
    }
  });
});
