// Receive
export { createWebhookReceiver, type WebhookReceiver, type WebhookReceiverOptions } from "./receiver/webhook-receiver.ts";
export type { EventFilter } from "./receiver/event-filter.ts";
export type { NoticeListener, WebhookNotice } from "./events/webhook-notice.ts";

// Sources
export { createMarketplaceSource, type MarketplaceSourceOptions } from "./sources/marketplace-source.ts";
export { createConversationProviderSource } from "./sources/conversation-provider-source.ts";
export { createWorkflowSource, type WorkflowSourceOptions } from "./sources/workflow-source.ts";
export { allowAddresses } from "./sources/allow-addresses.ts";
export type { BodyLimits, WebhookSource } from "./sources/webhook-source.ts";
export type { SignatureKeys } from "./sources/signature-check.ts";

// A source of your own
export { createSource, type SourceCheck, type SourceOptions, type UncheckedDelivery } from "./sources/create-source.ts";
export { reject } from "./verify/rejection.ts";
export { headerValues } from "./verify/raw-delivery.ts";

// Verify
export { verifyWebhook } from "./sources/verify-webhook.ts";
export type { HeadersLike, RawDelivery } from "./verify/raw-delivery.ts";
export type { Rejection, RejectReason } from "./verify/rejection.ts";
export type { Verdict } from "./sources/verdict.ts";

// Events
export type { EventType, PayloadOf, PlatformEventType, WorkflowPayload } from "./events/event-type.ts";
export type { EventEnvelope, KnownEvent, UnknownEvent, WebhookEvent } from "./events/webhook-event.ts";
export { isEventType, platformEventTypes } from "./events/known-types.ts";

// Handle
export { createWebhookWorker, type WebhookWorker, type WebhookWorkerOptions } from "./worker/webhook-worker.ts";
export type { WorkerOptions } from "./worker/worker-options.ts";
export type { Retention } from "./worker/retention.ts";
export type { WorkerRetry } from "./worker/retry-delay.ts";
export type { Handler, HandlerContext, Handlers } from "./worker/handlers.ts";
export { installationEvents, type InstallationSink } from "./installation-events.ts";

// Repair
export { repairGap, type KnownIds, type RepairGapOptions, type RepairReport } from "./gap/repair-gap.ts";
export { repairGaps } from "./gap/repair-gaps.ts";
export type { ChangedRecord, Reader, ReadOptions, RepairedKind } from "./gap/reader.ts";
