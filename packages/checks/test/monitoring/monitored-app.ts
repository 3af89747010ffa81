import { createManualClock, type ManualClock } from "@ghlkit/core/testing";
import { createEmulator, type Emulator, type EmulatorOptions } from "@ghlkit/emulator";
import type { Stores } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver, type WebhookReceiver } from "@ghlkit/webhooks";
import { createGhl, type GhlOfApp } from "ghlkit";
import { createHealth, type HealthOptions } from "ghlkit/health";
import { createTelemetry, type Telemetry } from "ghlkit/telemetry";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { PrometheusExporter, PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { readFileSync } from "node:fs";
import { AlertEvaluator, readAlertRules } from "../../src/monitoring-page/alert-rule.ts";
import { parseExposition, type Sample } from "../../src/monitoring-page/parse-exposition.ts";

export const rules = readAlertRules(readFileSync(new URL("../../../../docs/monitoring/alerts.yaml", import.meta.url), "utf8"));

const scrapeEveryMs = 30_000;
const redirectUri = "http://127.0.0.1:3000/oauth/callback";

/** An app on an emulator, with its storage in SQLite, that is scraped every 30 s by the exporter that its users take. */
export interface MonitoredApp {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly ghl: GhlOfApp;
  readonly telemetry: Telemetry;
  /** The storage, over whichever database is open. */
  readonly storage: Stores;
  /** Puts another database in the place of the one that is open, which is closed. */
  readonly replaceDatabase: () => void;
  readonly receiver: WebhookReceiver;
  /** What a person does on the consent page. */
  readonly consent: () => Promise<void>;
  /** Begins or ends the observation of the health. */
  readonly observe: () => () => void;
  readonly scrape: () => Promise<readonly Sample[]>;
  /** Lets time pass, scraped all the while; resolves to the names of the alerts that fire then. */
  readonly pass: (ms: number) => Promise<readonly string[]>;
}

export interface MonitoredAppOptions {
  readonly emulator?: EmulatorOptions;
  readonly health?: (app: Pick<MonitoredApp, "clock" | "emulator">) => Partial<HealthOptions>;
  /** Handles webhooks. */
  readonly onContact?: () => Promise<void>;
}

export async function monitoredApp(options: MonitoredAppOptions = {}): Promise<MonitoredApp> {
  const clock = createManualClock(Date.parse("2026-06-01T00:00:00Z"));
  const emulator = createEmulator({
    clock,
    webhooks: { url: "https://app.example/hooks", scopes: "ignore", deliver: (request) => receiver(request) },
    ...options.emulator,
  });
  let database = createSqliteStorage({ path: ":memory:", clock });
  const stores = Object.fromEntries(
    ["tokens", "leases", "installations", "states", "rates", "journal", "inbox"].map((store) => [
      store,
      current(() => database[store as "inbox"]),
    ]),
  ) as unknown as Omit<Stores, "close">;
  const storage: Stores = { ...stores, close: () => database.close() };
  const { ed25519 } = await emulator.webhookPublicKeys();
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const meters = new MeterProvider({ readers: [exporter] });
  const telemetry = createTelemetry({ meter: meters.getMeter("ghlkit"), clock });
  const { clientId, clientSecret } = emulator.seed.app;
  const ghl = createGhl({
    oauth: { clientId, clientSecret, redirectUri },
    storage,
    clock,
    telemetry,
    retry: { maxAttempts: 1 },
    baseUrl: "http://127.0.0.1",
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  const receiver = createWebhookReceiver({
    source: createMarketplaceSource({ dangerouslyAcceptAnyApp: true, additionalKeys: [ed25519], clock }),
    inbox: storage.inbox,
    clock,
    onEvent: telemetry.onWebhook,
    handlers: { ContactCreate: options.onContact ?? (async () => {}) },
    worker: { trace: telemetry.trace, retry: { maxAttempts: 1 } },
  });
  const consent = async (): Promise<void> => {
    const { code } = emulator.oauth.authorize({ locations: [emulator.seed.locationId], redirectUri });
    await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(code));
    await ghl.auth.installations.settled();
  };
  await consent();
  const health = createHealth({ ghl, storage, clock, ...options.health?.({ clock, emulator }) });
  const alerts = new AlertEvaluator(rules);
  const scrape = async (): Promise<readonly Sample[]> => {
    const { resourceMetrics, errors } = await exporter.collect();
    if (errors.length > 0) throw new AggregateError(errors, "the collection failed");
    return parseExposition(new PrometheusSerializer().serialize(resourceMetrics));
  };
  return {
    clock,
    emulator,
    ghl,
    telemetry,
    storage,
    replaceDatabase: () => (database = createSqliteStorage({ path: ":memory:", clock })),
    receiver,
    consent,
    observe: () => telemetry.observe(health),
    scrape,
    pass: async (ms) => {
      for (const until = clock.now() + ms; ; await clock.advance(Math.min(scrapeEveryMs, until - clock.now()))) {
        alerts.evaluate(await scrape(), clock.now());
        if (clock.now() >= until) return alerts.firing;
      }
    },
  };
}

/** A store that is looked up anew at each use. */
function current<Store extends object>(store: () => Store): Store {
  return new Proxy({} as Store, { get: (_, name) => Reflect.get(store(), name) });
}
