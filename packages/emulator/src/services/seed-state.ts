import { createIdSource } from "../ids/id-source.ts";
import type { Seed } from "../seed/seed.ts";
import type { LocationDefaults } from "../state/new-location.ts";
import type { State } from "../state/state.ts";
import { services } from "./services.ts";

/** What the seeded account is like: options of `EmulatorOptions`. */
export interface SeedSettings extends LocationDefaults {
  readonly seed: string;
}

/** Seeds an empty state with the account that every emulator starts with; it has no contacts. */
export function seedState(seed: Seed, state: State, settings: SeedSettings, now: string): void {
  const ids = createIdSource(`${settings.seed}/state`);
  for (const service of services) service.seed?.({ seed, state, ids, defaults: settings, now });
}
