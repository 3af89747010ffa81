// Sync
export { createSync, type Sync, type SyncSelection, type SyncWork } from "./create-sync.ts";
export type { SyncChange, SyncEvent, SyncOptions } from "./sync-options.ts";
export type { Retention } from "./retention.ts";
export type { DeletionLimit } from "./scan/deletion-limit.ts";
export { kinds, type Kind, type SyncClient, type SyncLocation } from "./kinds/kind.ts";

// Webhooks
export type { SyncReceiverOptions } from "./live/sync-receiver.ts";

// What comes of it
export type { SyncHealth, SyncStatus } from "./sync-status.ts";
export type { LagCause } from "./sync-lag.ts";
export type { ReconcileReport } from "./scan/reconcile-kind.ts";
export type { Difference, VerifyReport } from "./verify/verify-kind.ts";
export type { ScanCounts, ScanResult, SyncKey } from "./copy/kind-state.ts";
export type { RecordChange } from "./copy/copy.ts";

// Reports
export { reports, type ReportName } from "./report/report-views.ts";
export type { ReportRow } from "./report/read-report.ts";

// Where it is kept
export type { CopyEngine, Dialect, SqlRow, SqlSession, SqlValue } from "./copy/copy-engine.ts";
