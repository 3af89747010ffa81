// Emulator
export { createEmulator, type Emulator, type EmulatorControls } from "./emulator.ts";
export type { EmulatorOptions } from "./emulator-options.ts";
export type { Listening, ListenOptions } from "./server/serve.ts";

// What it starts with
export type { Seed, SeedApp, SeedTokens } from "./seed/seed.ts";

// Time and records
export type { EmulatorClock, TimeSource } from "./clock/emulator-clock.ts";
export type { JournalEntry } from "./control/journal.ts";
export type { RateWindowKind } from "./rate/rate-window.ts";

// Contract
export type { ContractSource, Generation } from "./contract/contract-source.ts";
