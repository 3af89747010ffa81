// Emulator
export { createEmulator, type Emulator, type EmulatorControls } from "./emulator.ts";
export type { EmulatorOptions } from "./emulator-options.ts";
export type { Listening, ListenOptions } from "./server/serve.ts";

// What it starts with
export type { Seed, SeedApp, SeedTokens } from "./seed/seed.ts";

// Consent, tokens, installations
export type { AppOptions } from "./oauth/oauth-options.ts";
export type { InstallationState, InstallOptions, OAuthControls } from "./oauth/oauth-controls.ts";
export type { Installation, Resource } from "./oauth/installation.ts";
export type { Approval } from "./oauth/authorize.ts";
export type { IssuedTokens } from "./oauth/issue-tokens.ts";
export type { TokenRequest } from "./oauth/token-log.ts";
export type { UserContextOptions } from "./custom-page/user-context.ts";
export type { LifecycleEvent } from "./oauth/lifecycle.ts";

// Faults
export type { Fault, FaultKind } from "./faults/fault.ts";
export type { FaultControls } from "./faults/fault-list.ts";

// Time and records
export type { EmulatorClock, TimeSource } from "./clock/emulator-clock.ts";
export type { JournalEntry } from "./control/journal.ts";
export type { RateWindowKind } from "./rate/rate-window.ts";

// Contract
export type { ContractSource, Generation } from "./contract/contract-source.ts";
