import { join } from "node:path";
import { systemClock, type Clock } from "@ghlkit/core";
import type { Journal, Stores } from "@ghlkit/storage";
import { createSync, type CopyEngine, type Kind, type Sync, type SyncChange } from "@ghlkit/sync";
import { postgres } from "@ghlkit/sync/postgres";
import { sqlite } from "@ghlkit/sync/sqlite";
import { installationEvents, type Handlers, type WebhookReceiver } from "@ghlkit/webhooks";
import type { LocationClient } from "ghlkit";
import { openGhl, openStorage, type OpenedGhl } from "ghlkit/node";
import { createChannel, type Channel } from "./channel.ts";
import { followEmulatorClock } from "./emulator-clock.ts";
import { watchPlatform, type PlatformState } from "./platform-state.ts";
import { createSessions, type Sessions } from "./sessions.ts";
import type { AppSettings } from "./settings.ts";

/** What an application asks for. */
export interface BackendOptions {
  /** What is copied. None: no copy. */
  readonly kinds: readonly Kind[];
  /** Each change of the copy. What it returns is awaited for its failure, which is logged. */
  readonly onChange?: (change: SyncChange, backend: Backend) => void | Promise<void>;
  /** Webhooks, after the copy was updated. */
  readonly handlers?: (backend: Backend) => Handlers<unknown>;
  /** With a private token, which gets no webhooks: ms between two readings. Default 15 s. */
  readonly pollEveryMs?: number;
  readonly clock?: Clock;
}

/** Everything behind the pages: the client, what is kept, the copy, and who is connected. */
export interface Backend {
  readonly settings: AppSettings;
  readonly clock: Clock;
  readonly ghl: OpenedGhl;
  readonly storage: Stores;
  readonly journal: Journal;
  /** Views `$s.ghl_contacts` and its like. */
  readonly copy: CopyEngine;
  readonly sync: Sync;
  readonly receiver: WebhookReceiver | undefined;
  readonly channel: Channel;
  readonly sessions: Sessions;
  readonly platform: () => PlatformState;
  /** A client of the location, and the same one each time. */
  readonly location: (id: string) => LocationClient;
  readonly locations: () => readonly string[];
  /** Takes a location in where the app was installed. */
  readonly add: (locationId: string) => void;
  /** Where it is reached, for links in messages. */
  readonly publicUrl: () => string;
  /** It listens at this URL. */
  readonly listensAt: (url: string) => void;
  /** `undefined` where webhooks arrive. */
  readonly pollEveryMs: number | undefined;
  /** Fires when it is closed. */
  readonly signal: AbortSignal;
  /** Does something again and again, until the backend is closed. A failure is logged, and does not end it. */
  readonly every: (ms: number, work: () => Promise<void>) => void;
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens everything by the environment alone: private token or OAuth, SQLite or PostgreSQL, Redis. When a part fails, those before it are closed. */
export async function openBackend(settings: AppSettings, options: BackendOptions): Promise<Backend> {
  const closes: Close[] = [];
  try {
    return await openParts(settings, options, closes);
  } catch (error) {
    // What failed first is what is said.
    await closeAll(closes).catch((failed: unknown) => console.error(failed));
    throw error;
  }
}

type Close = () => void | Promise<void>;

/** What was opened last is closed first; one that fails keeps none of the others open. */
async function closeAll(closes: Close[]): Promise<void> {
  try {
    await closes.pop()?.();
  } finally {
    if (closes.length > 0) await closeAll(closes);
  }
}

async function openParts(settings: AppSettings, options: BackendOptions, closes: Close[]): Promise<Backend> {
  const { kinds, pollEveryMs = 15_000 } = options;
  const { env, dataFolder, appId, webhookKey, followsEmulator } = settings;
  const followed = followsEmulator ? await followEmulatorClock(env["GHL_BASE_URL"] ?? "") : undefined;
  if (followed !== undefined) closes.push(followed.close);
  const clock = options.clock ?? followed ?? systemClock;
  const database = env["GHL_DATABASE"] || join(dataFolder, "ghlkit.db");
  const redis = env["GHL_REDIS_URL"] || undefined;
  const isPostgres = database.startsWith("postgres");
  const channel = createChannel();
  const locations: string[] = [];
  const say = (state: PlatformState): void => {
    for (const topic of locations.flatMap((id) => [id, `public:${id}`])) channel.publish(topic, { type: "platform", data: state });
  };
  const watch = watchPlatform(clock, say);
  // One storage for tokens, webhooks, journal and rate windows: without GHL_DATABASE the client would keep none for a private token.
  const storage = await openStorage({ database, clock, ...(redis === undefined ? {} : { redis }) });
  closes.push(() => storage.close());
  const ghl = await openGhl({ layers: [watch.layer], clock }, { ...env, GHL_DATABASE: database, GHL_REDIS_URL: redis });
  closes.push(() => ghl.close());
  const copy = isPostgres ? postgres({ connectionString: database }) : sqlite(join(dataFolder, "copy.db"));
  const clients = new Map<string, LocationClient>();
  const add = (locationId: string): void => {
    if (locations.includes(locationId)) return;
    locations.push(locationId);
    sync.add(locationId);
  };
  const sync = createSync({
    ghl,
    storage,
    locations: [],
    kinds,
    into: copy,
    clock,
    ...(ghl.auth === undefined && { changesEveryMs: pollEveryMs, pollAllEveryMs: pollEveryMs }),
    onChange: (change) =>
      void Promise.resolve(change)
        .then((one) => options.onChange?.(one, backend))
        .catch((error: unknown) => closing.signal.aborted || console.error(error)),
  });
  closes.push(() => sync.close());
  const closing = new AbortController();
  const cancels = new Set<() => void>();
  let isOpen = true;
  let url = "";
  const hasWebhooks = ghl.auth !== undefined && appId !== undefined;
  const backend: Backend = {
    settings,
    clock,
    ghl,
    storage,
    journal: storage.journal,
    copy,
    sync,
    get receiver() {
      return receiver;
    },
    channel,
    sessions: createSessions(settings.name, settings.secret, storage.journal, clock),
    platform: watch.current,
    location(id) {
      const client = clients.get(id) ?? ghl.location(id);
      clients.set(id, client);
      return client;
    },
    locations: () => locations,
    add,
    publicUrl: () => settings.publicUrl ?? url,
    listensAt: (at) => void (url = at),
    pollEveryMs: hasWebhooks ? undefined : pollEveryMs,
    signal: closing.signal,
    every(ms, work) {
      const next = (): void => {
        const cancel = clock.after(ms, () => {
          cancels.delete(cancel);
          void work()
            .catch((error: unknown) => console.error(error))
            .finally(() => isOpen && next());
        });
        cancels.add(cancel);
      };
      next();
    },
    async start() {
      if (settings.locationId !== undefined) add(settings.locationId);
      if (ghl.auth !== undefined)
        for await (const { principal } of ghl.auth.installations.list({ kind: "location", state: "active" })) add(principal.resource);
      await sync.start();
    },
    async close() {
      isOpen = false;
      closing.abort(new Error("The application ends."));
      for (const cancel of cancels) cancel();
      channel.close();
      await closeAll(closes);
    },
  };
  // Consent, webhooks and refreshes change where the app is installed; each way leads here.
  const stopWatching = ghl.auth?.installations.watch(({ principal, state }) => {
    if (principal.kind === "location" && state === "active") add(principal.resource);
  });
  if (stopWatching !== undefined) closes.push(stopWatching);
  const handlers = { ...(ghl.auth !== undefined && installationEvents(ghl.auth.installations)), ...options.handlers?.(backend) };
  const receiver = hasWebhooks
    ? sync.receiver({
        appId,
        ...(webhookKey !== undefined && { additionalKeys: [webhookKey] }),
        handlers,
      })
    : undefined;
  return backend;
}
