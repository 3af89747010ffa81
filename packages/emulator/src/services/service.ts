import type { SchedulingClock } from "../clock/emulator-clock.ts";
import type { IdSource } from "../ids/id-source.ts";
import type { Seed } from "../seed/seed.ts";
import type { LocationDefaults } from "../state/new-location.ts";
import type { State } from "../state/state.ts";
import type { PlatformEvent } from "../webhooks/platform-event.ts";
import type { Handlers } from "./handler.ts";

/** Publishes the events of a change; the comparison that makes them runs only when a URL is subscribed. */
export type PublishChanges = (changes: () => readonly PlatformEvent[]) => void;

/** What a service seeds its collections with. */
export interface Seeding {
  readonly seed: Seed;
  readonly state: State;
  /** Ids of seeded records that the seed does not name. */
  readonly ids: IdSource;
  readonly defaults: LocationDefaults;
  /** The time of the records, as the platform writes times. */
  readonly now: string;
}

/** One service of the platform: a folder of `services/`. */
export interface Service {
  /** Operations that answer from state; the others answer with samples. */
  readonly handlers: Handlers;
  /** Watches the service's collections and publishes webhooks. Cascading deletes emit none. */
  readonly changes?: (state: State, publish: PublishChanges) => void;
  /** What happens by itself when its time comes. */
  readonly timers?: (state: State, clock: SchedulingClock) => void;
  /** Puts the seeded records into an empty state. */
  readonly seed?: (seeding: Seeding) => void;
}
