import type { AuthEvent, PrivateTokenEvent } from "@ghlkit/auth";
import type { NoticeListener } from "@ghlkit/webhooks";
import type { Recorder } from "@ghlkit/resilience/telemetry";
import type { EventMetric } from "./event-metrics.ts";

/** Events of a copy: those of `createSync` of `@ghlkit/sync`. */
export type SyncEventLike =
  | {
      readonly type: "backfilled" | "reconciled";
      readonly kind: string;
      readonly created: number;
      readonly updated: number;
      readonly deleted: number;
      readonly calls: number;
    }
  | { readonly type: "deletions_held" | "failed" | "recovered"; readonly kind: string };

/** Events of location workers: those of `createLocationWorkers` of `@ghlkit/crm/locations/node`. */
export interface LocationEventLike {
  readonly type: "done" | "failed" | "queue_failed" | "queue_recovered";
}

/** Events of a payment provider: those of `createPaymentProvider` of `@ghlkit/crm/billing`. */
export interface PaymentEventLike {
  readonly kind: "unknown_key" | "other_transaction" | "other_amount" | "failed";
}

/** Listeners for the `onEvent` options. They count; nothing of an event is kept. */
export interface EventListeners {
  /** Of `oauth()`. `createGhl({ telemetry })` connects it by itself. */
  readonly onAuth: (event: AuthEvent) => void;
  /** Of `rotatingPrivateIntegration()`. */
  readonly onPrivateToken: (event: PrivateTokenEvent) => void;
  /** Of a webhook receiver or worker, and of `sync.receiver()`. */
  readonly onWebhook: NoticeListener;
  /** Of `createSync()`. */
  readonly onSync: (event: SyncEventLike) => void;
  /** Of `createLocationWorkers()`. */
  readonly onLocation: (event: LocationEventLike) => void;
  /** Of `createPaymentProvider()`. */
  readonly onPayment: (event: PaymentEventLike) => void;
}

const renewals: Readonly<Partial<Record<AuthEvent["type"], string>>> = {
  token_refreshed: "refreshed",
  token_minted: "minted",
  refresh_failed: "failed",
  refresh_stuck: "stuck",
  token_write_failed: "write_failed",
};

const changes: ReadonlySet<AuthEvent["type"]> = new Set([
  "installed",
  "uninstalled",
  "needs_reconnect",
  "reconnected",
  "suspended",
  "reactivated",
]);

const problems: ReadonlySet<Parameters<NoticeListener>[0]["type"]> = new Set([
  "source_failed",
  "filter_failed",
  "inbox_failed",
  "heartbeat_failed",
  "gap_found",
  "handler_overdue",
  "worker_blocked",
  "worker_failed",
  "close_gave_up",
  "claim_lost",
  "prune_failed",
]);

const handled = { handled: "handled", ignored: "ignored", handler_failed: "failed", dead: "dead" } as const;

/** Makes listeners that count. */
export function countEvents(count: Readonly<Record<EventMetric, Recorder>>): EventListeners {
  return {
    onAuth: ({ type, principal }) => {
      const resource = { "ghlkit.resource.kind": principal.kind };
      const outcome = renewals[type];
      if (outcome !== undefined) count["ghlkit.tokens.renewals"](1, { outcome, ...resource });
      if (changes.has(type)) count["ghlkit.installations.changes"](1, { change: type, ...resource });
    },
    onPrivateToken: (event) => {
      if (event.type === "using") count["ghlkit.private_token.switches"](1, { token: event.token });
    },
    onWebhook: (notice) => {
      const { type } = notice;
      if (type === "received") count["ghlkit.webhooks.received"](1, { event: notice.event, outcome: notice.outcome });
      else if (type === "rejected") count["ghlkit.webhooks.rejected"](1, { source: notice.source, reason: notice.reason });
      else if (type === "handled" || type === "ignored" || type === "handler_failed" || type === "dead")
        count["ghlkit.webhooks.handled"](1, { event: notice.event, outcome: handled[type] });
      else if (problems.has(type)) count["ghlkit.webhooks.problems"](1, { problem: type });
    },
    onSync: (event) => {
      const { kind } = event;
      if (event.type === "failed") count["ghlkit.sync.failures"](1, { kind });
      if (event.type !== "backfilled" && event.type !== "reconciled") return;
      count["ghlkit.sync.calls"](event.calls, { kind });
      for (const change of ["created", "updated", "deleted"] as const)
        if (event[change] > 0) count["ghlkit.sync.changes"](event[change], { kind, change });
    },
    onLocation: ({ type }) => {
      if (type === "queue_failed") count["ghlkit.locations.queue_failures"](1);
      else if (type !== "queue_recovered") count["ghlkit.locations.finished"](1, { outcome: type });
    },
    onPayment: ({ kind }) => count["ghlkit.payments.problems"](1, { problem: kind }),
  };
}
