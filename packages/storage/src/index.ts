// Contracts
export type { Stores } from "./stores.ts";
export type { RefreshIntent, StoredToken, TokenQuery, TokenRecord, TokenStore } from "./token-store.ts";
export type { LeaseGrant, LeaseRefusal, LeaseResult, LeaseStore } from "./lease-store.ts";
export type {
  Installation,
  InstallationFacts,
  InstallationQuery,
  InstallationState,
  InstallationStore,
  ParkedEvent,
  StoredInstallation,
} from "./installation-store.ts";
export type { ConsumedState, RememberOptions, StateStore } from "./state-store.ts";
export type { RateGrant, RateReport, RateRequest, RateSettings, ReportedRate, RateWindow } from "./rate-window.ts";
export type { Journal, JournalEntry, JournalStart, StartOptions, UnfinishedQuery } from "./journal.ts";
export type { ClaimOptions, Effect, Failure, Inbox } from "./inbox/inbox.ts";
export type { ClaimedDelivery, DeliveryState, InboxDelivery, StoredDelivery } from "./inbox/inbox-delivery.ts";
export type { InboxBacklog, InboxGap, InboxPage, InboxPageQuery, InboxQuery } from "./inbox/inbox-query.ts";
export type { ExpectedVersion, WriteResult } from "./write-result.ts";

// Leases, kept
export { keepJournalLease, type JournalLease, type JournalLeaseOptions } from "./keep-journal-lease.ts";
export { keepLease, type LeaseRenewal, type LeaseToKeep } from "./keep-lease.ts";

// Arithmetic of rate windows, for a window of one process as well
export {
  OtherClients,
  type Departure,
  type OtherClientsState,
  type Shown,
  type Standing,
  type StandingAhead,
} from "./rate/other-clients.ts";
export { UrgentSlots, type UrgentGrant } from "./rate/urgent-slots.ts";

// In memory
export { createMemoryInbox } from "./memory/memory-inbox.ts";
export { createMemoryJournal } from "./memory/memory-journal.ts";
export { createMemoryRateWindow } from "./memory/memory-rate-window.ts";
export { createMemoryStorage } from "./memory/memory-storage.ts";
export type { MemoryOptions } from "./memory/memory-options.ts";
