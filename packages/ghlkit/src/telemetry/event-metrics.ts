import type { MetricDefinition } from "@ghlkit/resilience/telemetry";

/** Name of a metric of events and traced work. */
export type EventMetric =
  | "ghlkit.work.duration"
  | "ghlkit.tokens.renewals"
  | "ghlkit.installations.changes"
  | "ghlkit.private_token.switches"
  | "ghlkit.webhooks.received"
  | "ghlkit.webhooks.rejected"
  | "ghlkit.webhooks.handled"
  | "ghlkit.webhooks.problems"
  | "ghlkit.sync.changes"
  | "ghlkit.sync.calls"
  | "ghlkit.sync.failures"
  | "ghlkit.locations.finished"
  | "ghlkit.locations.queue_failures"
  | "ghlkit.payments.problems";

/** What is counted of events, and measured of traced work. */
export const eventMetrics: Readonly<Record<EventMetric, MetricDefinition>> = {
  "ghlkit.work.duration": {
    type: "histogram",
    unit: "s",
    description: "Duration of a piece of work: a handler, a renewal, a row of a bulk run, a slice of a copy, a payment question.",
    attributes: ["ghlkit.work", "error.type"],
  },
  "ghlkit.tokens.renewals": {
    type: "counter",
    description: "Renewals of token pairs: refreshed, minted, failed, stuck, write_failed.",
    attributes: ["outcome", "ghlkit.resource.kind"],
  },
  "ghlkit.installations.changes": {
    type: "counter",
    description: "Changes of installations: installed, uninstalled, needs_reconnect, reconnected, suspended, reactivated.",
    attributes: ["change", "ghlkit.resource.kind"],
  },
  "ghlkit.private_token.switches": {
    type: "counter",
    description: "Changes of the private token that calls carry during a rotation: to the new or back to the previous one.",
    attributes: ["token"],
  },
  "ghlkit.webhooks.received": {
    type: "counter",
    description: "Deliveries that were taken: new, duplicate, filtered.",
    attributes: ["event", "outcome"],
  },
  "ghlkit.webhooks.rejected": { type: "counter", description: "Deliveries that were refused.", attributes: ["source", "reason"] },
  "ghlkit.webhooks.handled": {
    type: "counter",
    description: "Attempts to handle a delivery: handled, ignored, failed, dead.",
    attributes: ["event", "outcome"],
  },
  "ghlkit.webhooks.problems": {
    type: "counter",
    description: "Problems of receiver and worker by the type of their event, such as inbox_failed, worker_blocked, handler_overdue.",
    attributes: ["problem"],
  },
  "ghlkit.sync.changes": {
    type: "counter",
    description: "Records that a reading of all created, updated or deleted in the copy.",
    attributes: ["kind", "change"],
  },
  "ghlkit.sync.calls": { type: "counter", description: "Calls of readings of all records.", attributes: ["kind"] },
  "ghlkit.sync.failures": { type: "counter", description: "Failures of a kind of a location; it is tried again.", attributes: ["kind"] },
  "ghlkit.locations.finished": {
    type: "counter",
    description: "Locations that a worker has brought to their end: done, failed.",
    attributes: ["outcome"],
  },
  "ghlkit.locations.queue_failures": {
    type: "counter",
    description: "Times that the queue of the location workers could not be reached.",
    attributes: [],
  },
  "ghlkit.payments.problems": {
    type: "counter",
    description: "Payment questions to look at: unknown_key, other_transaction, other_amount, failed.",
    attributes: ["problem"],
  },
};
