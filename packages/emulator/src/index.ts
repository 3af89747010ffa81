// Emulator
export { createEmulator, type Emulator } from "./emulator.ts";
export type { EmulatorControls } from "./emulator-controls.ts";
export type { Act } from "./act/act.ts";
export type { MadeMessage } from "./act/made-message.ts";
export type { CallIn } from "./act/call-in.ts";
export type { AppointmentMove } from "./act/move-appointment.ts";
export type { ClickedLink } from "./act/click-link.ts";
export type { FormFile, FormSubmission, SubmittedForm } from "./act/submit-form.ts";
export type { OpportunityMove } from "./act/move-opportunity.ts";
export type { OptOut } from "./act/opt-out.ts";
export type { InvoiceSettingsChange } from "./act/invoice-people.ts";
export type { CustomerPayment, MadePayment } from "./act/pay.ts";
export type { RefundedPayment } from "./checkout/refund-payment.ts";
export type { CommerceOptions } from "./switches/commerce-switches.ts";
export type { Reply, ReplyChannel } from "./act/reply-as.ts";
export type { EmulatorOptions } from "./emulator-options.ts";
export type { MessageTimeline } from "./services/conversations/delivery-timeline.ts";
export type { SwitchControls } from "./switches/switch-controls.ts";
export type { SwitchSettings } from "./switches/switch-list.ts";
export type { SwitchName, SwitchOptions, SwitchValues } from "./switches/switch-options.ts";
export type { Listening, ListenOptions } from "./server/serve.ts";

// What it starts with
export type { Seed, SeedApp, SeedTokens } from "./seed/seed.ts";

// Consent, tokens, installations
export type { AppOptions } from "./oauth/oauth-options.ts";
export type { InstallationState, InstallOptions, OAuthControls } from "./oauth/oauth-controls.ts";
export type { Installation, Resource } from "./oauth/installation.ts";
export type { Approval } from "./oauth/authorize.ts";
export type { IssuedTokens } from "./oauth/issue-tokens.ts";
export type { TokenRequest } from "./oauth/token-request.ts";
export type { UserContextOptions } from "./custom-page/user-context.ts";
export type { LifecycleEvent } from "./oauth/lifecycle.ts";

// Webhooks
export type { Deliver, SignatureHeader, WebhookOptions } from "./webhooks/webhook-options.ts";
export type { EventOverrides, SignedWebhook, Subscribed, WebhookControls, WebhookSubscription } from "./webhooks/webhook-controls.ts";
export type { Delivery, DeliveryAttempt, DeliveryFilter, DeliveryState } from "./webhooks/delivery.ts";
export type { DeliveryFault, DeliveryFaultControls, DeliveryFaultKind, ListedDeliveryFault } from "./webhooks/delivery-fault.ts";
export type { CircuitBreakerOptions, UrlHealth } from "./webhooks/circuit-breaker.ts";
export { redundantPairs, type RedundantPair } from "./webhooks/redundant-pairs.ts";
export type { FailedAttempt, RetryRegime, RetryRegimeName } from "./webhooks/retry-regime.ts";

// Faults
export type { Fault, FaultKind, ListedFault } from "./faults/fault.ts";
export type { LatencyDistribution } from "./faults/latency.ts";
export type { FaultControls } from "./faults/fault-list.ts";

// Time and records
export type { EmulatorClock, RunOptions, TimeSource } from "./clock/emulator-clock.ts";
export type { Snapshot } from "./state/snapshot.ts";
export type { Stored } from "./state/collection.ts";
export type { JournalEntry } from "./pipeline/journal.ts";
export type { RateWindowKind } from "./rate/rate-window.ts";

// Contract
export type { ContractSource, Generation } from "./contract/contract-source.ts";
