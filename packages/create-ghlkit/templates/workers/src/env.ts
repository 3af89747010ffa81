/** A webhook on its way through the queue. */
export interface QueuedEvent {
  readonly id: string;
  readonly type: string;
  readonly payload: unknown;
}

/** What the Worker uses of Cloudflare's queues; `npx wrangler types` writes down all bindings. */
export interface EventQueue {
  readonly send: (event: QueuedEvent) => Promise<unknown>;
}

export interface EventBatch {
  readonly messages: readonly {
    readonly body: QueuedEvent;
    readonly attempts: number;
    readonly ack: () => void;
    readonly retry: () => void;
  }[];
}

/** Variables, secrets and bindings of the Worker: see `wrangler.jsonc` and `.dev.vars.example`. */
export interface Env {
  readonly GHL_TOKEN: string;
  readonly GHL_LOCATION_ID: string;
  readonly GHL_APP_ID?: string | undefined;
  /** A local HighLevel instead of the platform, and the public key of its webhooks. */
  readonly GHL_BASE_URL?: string | undefined;
  readonly GHL_WEBHOOK_KEY?: string | undefined;
  readonly EVENTS: EventQueue;
}
