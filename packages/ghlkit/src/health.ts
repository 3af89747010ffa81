// Health
export { createHealth, type Health } from "./health/create-health.ts";
export { createHealthRoute } from "./health/create-health-route.ts";
export type { HealthCheck, HealthChecks, HealthReport, HealthStatus, HealthValues } from "./health/health-report.ts";
export type { HealthClient, HealthOptions, HealthStorage, HealthSync, HealthThresholds, PrivateToken } from "./health/health-options.ts";

// Accounts of a marketplace app
export { inspectAccounts, type Account, type AccountAction, type InspectAccountsOptions } from "./accounts/inspect-accounts.ts";
