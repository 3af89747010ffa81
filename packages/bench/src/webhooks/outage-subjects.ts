import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HighLevel } from "@gohighlevel/api-client";
import type { Clock } from "@ghlkit/core";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createMarketplaceSource, createWebhookReceiver, createWebhookWorker } from "@ghlkit/webhooks";
import { outageOf } from "./interruptible-inbox.ts";
import type { Ledger } from "./outage-ledger.ts";

/** An app that takes webhooks. */
export interface Subject {
  readonly deliver: (request: Request) => Promise<Response>;
  /** Its store is down. */
  readonly setDown: (isDown: boolean) => void;
  /** What it does beside answering. */
  readonly work: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface SubjectOptions {
  readonly clock: Clock;
  readonly publicPem: string;
  readonly appId: string;
  readonly handle: Ledger["handle"];
}

export type OpenSubject = (options: SubjectOptions) => Promise<Subject>;

/** A receiver and two workers on one SQLite file. */
export const openOurs: OpenSubject = async ({ clock, publicPem, appId, handle }) => {
  const folder = await mkdtemp(join(tmpdir(), "ghlkit-bench-outage-"));
  const storage = createSqliteStorage({ path: join(folder, "inbox.db"), clock });
  const inbox = outageOf(storage.inbox);
  const source = createMarketplaceSource({ appId, additionalKeys: [publicPem], clock });
  const workers = [0, 1].map(() =>
    createWebhookWorker({
      inbox,
      clock,
      handlers: { ContactUpdate: ({ id, entity, occurredAt }, { stale }) => handle({ id, entity, occurredAt, stale }) },
    }),
  );
  return {
    deliver: createWebhookReceiver({ source, inbox, clock }),
    setDown: inbox.setDown,
    // While the store is down there is nothing to be had.
    work: () => Promise.allSettled(workers.map((worker) => worker.runDue())),
    close: async () => {
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/**
 * The official client's middleware and the handler of its README, whose logic writes to a store: while that is down it throws, and
 * Express answers 500.
 */
export const openOfficial: OpenSubject = async ({ publicPem, appId, handle }) => {
  const options = { clientId: `${appId}-bench`, clientSecret: "unused", webhookPublicKey: publicPem, logLevel: "none" } as const;
  const middleware = new HighLevel(options).webhooks.subscribe();
  let down = false;
  return {
    setDown: (isDown) => void (down = isDown),
    work: async () => {},
    close: async () => {},
    deliver: async (request) => {
      const rawBody = Buffer.from(await request.arrayBuffer());
      const body = JSON.parse(rawBody.toString()) as { readonly webhookId: string; readonly id: string; readonly timestamp: string };
      const seen = { method: "POST", url: "/", headers: Object.fromEntries(request.headers), rawBody, body, isSignatureValid: false };
      await middleware(seen, undefined, () => {});
      if (!seen.isSignatureValid) return new Response(null, { status: 401 });
      try {
        if (down) throw new Error("the store is down");
        handle({ id: body.webhookId, entity: body.id, occurredAt: Date.parse(body.timestamp), stale: false });
        return Response.json({ success: true });
      } catch {
        return new Response(null, { status: 500 });
      }
    },
  };
};
