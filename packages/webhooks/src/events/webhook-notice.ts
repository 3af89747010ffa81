import type { RejectReason } from "../verify/rejection.ts";

/** What happens in the receiver and the worker, for logs and metrics. Holds nothing of a body. Each failure has its recovery. */
export type WebhookNotice =
  | { readonly type: "received"; readonly id: string; readonly event: string; readonly outcome: "new" | "duplicate" | "filtered" }
  | { readonly type: "rejected"; readonly source: string; readonly reason: RejectReason; readonly message: string }
  /** The source could not judge a delivery: its options are wrong. The platform was asked to send it again. */
  | { readonly type: "source_failed"; readonly source: string; readonly error: unknown }
  /** A function of the filter threw. The platform was asked to send the delivery again. */
  | { readonly type: "filter_failed"; readonly id: string; readonly error: unknown }
  /** The inbox could not keep a delivery in time: the platform was asked to send it again. */
  | { readonly type: "inbox_failed"; readonly id: string; readonly error: unknown }
  | { readonly type: "inbox_recovered" }
  /** A sign of life could not be kept: if it goes on, it is a gap. */
  | { readonly type: "heartbeat_failed"; readonly error: unknown }
  | { readonly type: "heartbeat_recovered" }
  /** No receiver was alive in this time: see `repairGap`. Times are ms since epoch. */
  | { readonly type: "gap_found"; readonly id: number; readonly from: number; readonly to: number }
  | { readonly type: "handled"; readonly id: string; readonly event: string; readonly attempt: number; readonly stale: boolean }
  | { readonly type: "ignored"; readonly id: string; readonly event: string; readonly why: "no_handler" | "stale" }
  | { readonly type: "handler_failed"; readonly id: string; readonly event: string; readonly attempt: number; readonly retryInMs: number; readonly error: unknown } // prettier-ignore
  | { readonly type: "dead"; readonly id: string; readonly event: string; readonly attempt: number; readonly error: unknown }
  /**
   * A handler runs longer than `handlerTimeoutMs` and has not ended on its signal. Nothing else of its entity begins until it ends.
   * Emitted after each `handlerTimeoutMs`.
   */
  | { readonly type: "handler_overdue"; readonly id: string; readonly event: string; readonly entity: string; readonly attempt: number; readonly runningMs: number } // prettier-ignore
  /** So many handlers are overdue (twice `concurrency`) that the worker takes no more events: restart the process. */
  | { readonly type: "worker_blocked"; readonly overdue: number }
  | { readonly type: "worker_unblocked" }
  /** The worker was closed while handlers that are overdue still run: end the process. */
  | { readonly type: "close_gave_up"; readonly overdue: number }
  /** Another worker took the delivery over: what this one did for it was not completed. */
  | { readonly type: "claim_lost"; readonly id: string; readonly event: string }
  /** What was kept long enough is gone: bodies with their headers, and whole deliveries. See `retention`. */
  | { readonly type: "pruned"; readonly bodies: number; readonly ids: number }
  | { readonly type: "prune_failed"; readonly error: unknown }
  | { readonly type: "prune_recovered" }
  | { readonly type: "worker_failed"; readonly error: unknown }
  | { readonly type: "worker_recovered" };

/** Receives notices, without being awaited. What it throws is reported as an uncaught error (`detachedListener` of `@ghlkit/core`); the delivery is not affected. */
export type NoticeListener = (notice: WebhookNotice) => void;
