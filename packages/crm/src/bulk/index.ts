// A run over many rows
export { bulk, type BulkRun } from "./bulk.ts";
export type { BulkContext, BulkDay, BulkLocation, BulkOptions, BulkQuota, StepResult } from "./bulk-options.ts";

// Rows
export type { BulkInput, BulkRow, BulkSource } from "./bulk-source.ts";

// What comes of it
export type { BulkProgress, BulkSummary, RowOutcome } from "./bulk-outcome.ts";
