import type { IncomingMessage, ServerResponse } from "node:http";
import type { Inbox } from "@ghlkit/storage";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver, type Handlers, type WebhookNotice, type WebhookReceiver } from "@ghlkit/webhooks";
import { toNodeHandler } from "@ghlkit/webhooks/node-http";
import type { CliEnvironment } from "../cli-environment.ts";
import { parseMoment } from "../options/moment.ts";
import { parseLocalUrl } from "../options/url.ts";
import { createSigningEmulator } from "../signing/emulator-signer.ts";
import { UsageError } from "../usage-error.ts";
import { tellEarlier } from "./earlier.ts";
import { createFeed, entryOf, entryOfNotice, gapEntry, type Feed } from "./feed.ts";
import { checkForward, forwardEvent } from "./forward.ts";
import { listenLocally } from "./local-server.ts";
import { createTroubles } from "./troubles.ts";

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly db: string;
  readonly app: string;
  readonly since?: string;
  readonly forward?: string;
  readonly allowRemote?: boolean;
  /** Takes what `trigger` and `doctor` sign for genuine, too. */
  readonly emulatorKey?: boolean;
  readonly seed: string;
  readonly json?: boolean;
}

/** Milliseconds between signs of life; three that are missing are a gap. */
const heartbeatMs = 20_000;

/**
 * Receives until it is stopped. Resolves with whether all is well then: nothing that was to be forwarded is left.
 * @throws Error when it cannot start or go on, in one sentence.
 */
export async function listen(options: ListenOptions, environment: CliEnvironment): Promise<boolean> {
  if (!options.path.startsWith("/")) throw new UsageError(`--path begins with a slash, unlike "${options.path}".`);
  const since = options.since === undefined ? undefined : parseMoment(options.since, Date.now());
  const forward = options.forward === undefined ? undefined : parseLocalUrl(options.forward, options.allowRemote === true);
  if (forward !== undefined) await checkForward(forward);
  const storage = createSqliteStorage({ path: options.db });
  try {
    const feed = createFeed(environment.write, options.json === true);
    if (since !== undefined) await tellEarlier(storage.inbox, since, feed);
    // Shows that the file can be written, before the command prints that it listens.
    const { gap } = await storage.inbox.beat({ gapAfterMs: heartbeatMs * 3 });
    if (gap !== undefined) feed(gapEntry(gap));
    return await receive(storage.inbox, { options, forward, feed, environment });
  } finally {
    await storage.close();
  }
}

interface Receiving {
  readonly options: ListenOptions;
  readonly forward: URL | undefined;
  readonly feed: Feed;
  readonly environment: CliEnvironment;
}

async function receive(inbox: Inbox, { options, forward, feed, environment }: Receiving): Promise<boolean> {
  const troubles = createTroubles();
  const onEvent = (notice: WebhookNotice): void => {
    troubles.note(notice);
    const entry = entryOfNotice(notice, forward !== undefined);
    if (entry !== undefined) feed(entry);
  };
  const source = createMarketplaceSource({ appId: options.app, additionalKeys: await keysOf(options) });
  const handlers = showing(feed, forward);
  // A person watches: what fails is given up after a quarter of a minute instead of hours.
  const worker = { retry: { maxAttempts: 5 }, leaseMs: 10_000 };
  const receiver = createWebhookReceiver({ source, inbox, handlers, worker, heartbeatMs, onEvent });
  const server = await listenLocally(route(receiver, options.path, feed), options);
  receiver.start();
  const url = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${server.port}${options.path}`;
  feed({ kind: "listening", detail: `${url} for ${options.app}, kept in ${options.db}. Stop with Ctrl+C.` });
  try {
    await Promise.race([environment.untilStopped(), server.failed]);
  } finally {
    await server.close();
    await receiver.close();
  }
  return troubles.none();
}

async function keysOf({ emulatorKey, seed }: ListenOptions): Promise<readonly string[]> {
  return emulatorKey === true ? [(await createSigningEmulator(seed).webhookPublicKeys()).ed25519] : [];
}

/** Every event is a line, and goes on to the app where there is one. */
function showing(feed: Feed, forward: URL | undefined): Handlers<unknown> {
  return {
    "*": async (event, { stale }) => {
      const detail = stale ? "older than one of the same entity that was handled before" : "";
      if (forward === undefined) return feed({ kind: "event", ...entryOf(event), detail });
      const status = await forwardEvent(forward, event);
      feed({ kind: "forwarded", ...entryOf(event), detail: `${status} ${detail}`.trim() });
    },
  };
}

function route(receiver: WebhookReceiver, path: string, feed: Feed): (request: IncomingMessage, response: ServerResponse) => void {
  const handle = toNodeHandler(receiver);
  return (request, response) => {
    const asked = (request.url ?? "").split("?")[0];
    if (asked === path)
      return void handle(request, response).catch((error: unknown) => {
        feed({ kind: "refused", detail: `The sender broke off: ${String(error)}` });
        response.destroy();
      });
    feed({ kind: "refused", detail: `${request.method} ${asked}: it listens at ${path}.` });
    response.writeHead(404, { connection: "close" }).end();
  };
}
