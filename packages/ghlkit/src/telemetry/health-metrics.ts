import type { MetricDefinition } from "@ghlkit/resilience/telemetry";
import type { HealthChecks } from "../health/health-report.ts";

/** Name of a gauge that is fed by the health report. */
export type HealthMetric =
  | "ghlkit.health.status"
  | "ghlkit.storage.answer_seconds"
  | "ghlkit.inbox.waiting"
  | "ghlkit.inbox.oldest_waiting_seconds"
  | "ghlkit.inbox.dead"
  | "ghlkit.webhooks.gap_seconds"
  | "ghlkit.webhooks.quiet_seconds"
  | "ghlkit.tokens.pairs"
  | "ghlkit.tokens.renewal_due"
  | "ghlkit.tokens.refresh_stuck"
  | "ghlkit.tokens.oldest_seconds"
  | "ghlkit.installations.needs_reconnect"
  | "ghlkit.installations.suspended"
  | "ghlkit.private_token.age_seconds"
  | "ghlkit.rate.waiting"
  | "ghlkit.rate.burst_left_ratio"
  | "ghlkit.rate.daily_left_ratio"
  | "ghlkit.sync.lag_seconds"
  | "ghlkit.sync.held_deletions"
  | "ghlkit.sync.problems"
  | "ghlkit.sync.backfilling";

/**
 * What is read of the health report. Units are part of the names: exporters differ in whether they append them (the Collector does, the Prometheus
 * exporter of Node.js does not), and alert rules should hold under both.
 */
export const healthMetrics: Readonly<Record<HealthMetric, MetricDefinition>> = {
  "ghlkit.health.status": { type: "gauge", description: "Of each check: 0 ok, 1 degraded, 2 failing.", attributes: ["check"] },
  "ghlkit.storage.answer_seconds": {
    type: "gauge",
    unit: "s",
    description: "Time that a small write to the storage took.",
    attributes: [],
  },
  "ghlkit.inbox.waiting": { type: "gauge", description: "Deliveries that wait to be handled.", attributes: [] },
  "ghlkit.inbox.oldest_waiting_seconds": {
    type: "gauge",
    unit: "s",
    description: "Age of the oldest delivery that waits.",
    attributes: [],
  },
  "ghlkit.inbox.dead": { type: "gauge", description: "Deliveries that were given up.", attributes: [] },
  "ghlkit.webhooks.gap_seconds": {
    type: "gauge",
    unit: "s",
    description: "Time without a receiver that is not repaired.",
    attributes: [],
  },
  "ghlkit.webhooks.quiet_seconds": { type: "gauge", unit: "s", description: "Time since the last delivery.", attributes: [] },
  "ghlkit.tokens.pairs": { type: "gauge", description: "Token pairs of the app.", attributes: [] },
  "ghlkit.tokens.renewal_due": { type: "gauge", description: "Pairs whose refresh token ends soon.", attributes: [] },
  "ghlkit.tokens.refresh_stuck": { type: "gauge", description: "Pairs whose refresh has no known outcome.", attributes: [] },
  "ghlkit.tokens.oldest_seconds": {
    type: "gauge",
    unit: "s",
    description: "Age of the pair whose renewal is the longest ago.",
    attributes: [],
  },
  "ghlkit.installations.needs_reconnect": { type: "gauge", description: "Accounts that have to consent again.", attributes: [] },
  "ghlkit.installations.suspended": { type: "gauge", description: "Accounts that are paused.", attributes: [] },
  "ghlkit.private_token.age_seconds": { type: "gauge", unit: "s", description: "Age of the oldest private token.", attributes: [] },
  "ghlkit.rate.waiting": { type: "gauge", description: "Calls that wait for a slot.", attributes: [] },
  "ghlkit.rate.burst_left_ratio": {
    type: "gauge",
    unit: "1",
    description: "Share of the window that is left to the location or company with the least.",
    attributes: [],
  },
  "ghlkit.rate.daily_left_ratio": {
    type: "gauge",
    unit: "1",
    description: "Share of the day's calls that is left to the location or company with the least.",
    attributes: [],
  },
  "ghlkit.sync.lag_seconds": {
    type: "gauge",
    unit: "s",
    description: "How far the copy is behind, of the kind that is the furthest.",
    attributes: [],
  },
  "ghlkit.sync.held_deletions": { type: "gauge", description: "Deletions that wait for a person.", attributes: [] },
  "ghlkit.sync.problems": { type: "gauge", description: "Kinds that do not go on.", attributes: [] },
  "ghlkit.sync.backfilling": { type: "gauge", description: "Kinds whose backfill is not done.", attributes: [] },
};

/** The values of a report; one is absent where it could not be read. */
export function healthValues(checks: HealthChecks): Readonly<Partial<Record<HealthMetric, number | undefined>>> {
  const { storage, inbox, deadLetters, webhooks, accounts, privateTokens, quota, sync } = checks;
  return {
    "ghlkit.storage.answer_seconds": seconds(storage?.values?.answeredInMs),
    "ghlkit.inbox.waiting": inbox?.values?.waiting,
    "ghlkit.inbox.oldest_waiting_seconds": seconds(inbox?.values?.oldestWaitingMs),
    "ghlkit.inbox.dead": deadLetters?.values?.dead,
    "ghlkit.webhooks.gap_seconds": seconds(webhooks?.values?.gapMs),
    "ghlkit.webhooks.quiet_seconds": seconds(webhooks?.values?.quietMs),
    "ghlkit.tokens.pairs": accounts?.values?.pairs,
    "ghlkit.tokens.renewal_due": accounts?.values?.renewalDue,
    "ghlkit.tokens.refresh_stuck": accounts?.values?.refreshStuck,
    "ghlkit.tokens.oldest_seconds": seconds(accounts?.values?.oldestPairMs),
    "ghlkit.installations.needs_reconnect": accounts?.values?.needsReconnect,
    "ghlkit.installations.suspended": accounts?.values?.suspended,
    "ghlkit.private_token.age_seconds": seconds(privateTokens?.values?.oldestMs),
    "ghlkit.rate.waiting": quota?.values?.waiting,
    "ghlkit.rate.burst_left_ratio": quota?.values?.burstLeftRatio,
    "ghlkit.rate.daily_left_ratio": quota?.values?.dailyLeftRatio,
    "ghlkit.sync.lag_seconds": seconds(sync?.values?.lagMs),
    "ghlkit.sync.held_deletions": sync?.values?.heldDeletions,
    "ghlkit.sync.problems": sync?.values?.problems,
    "ghlkit.sync.backfilling": sync?.values?.backfilling,
  };
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}
