import type { SchedulingClock } from "../clock/emulator-clock.ts";
import type { OperationId } from "../contract/contract-source.ts";
import type { Evidence } from "../http/answer.ts";
import type { IdSource } from "../ids/id-source.ts";
import type { Holders } from "../resources/resource-parents.ts";
import type { ResourceDeclaration } from "../resources/resource.ts";
import type { Seed } from "../seed/seed.ts";
import type { LocationDefaults } from "../state/new-location.ts";
import type { IdStyle } from "../resources/resource-table.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { State } from "../state/state.ts";
import type { World } from "../world.ts";
import type { SwitchValues } from "../switches/switch-options.ts";
import type { PlatformEvent } from "../webhooks/platform-event.ts";
import type { Handlers } from "../call/handler.ts";
import type { MessageTimeline } from "./conversations/delivery-timeline.ts";

/** Publishes the events of a change; the comparison that makes them runs only when a URL is subscribed. */
export type PublishChanges = (changes: () => readonly PlatformEvent[]) => void;

/** What timers are decided by: they are options, some of which are switches. */
export type TimerSettings = SwitchValues & { readonly messageTimeline: MessageTimeline };

/** What a service seeds its collections with. */
export interface Seeding {
  readonly seed: Seed;
  readonly state: State;
  /** Ids of seeded records that the seed does not name. */
  readonly ids: IdSource;
  /** Puts a record of a resource into the first location; its id depends on the resource and the records before it alone. */
  readonly sow: (resource: string, fields: Fields, place?: SeedPlace) => ResourceRecord;
  readonly defaults: LocationDefaults;
  /** The time of the records, as the platform writes times. */
  readonly now: string;
}

/** Where a seeded record is, beside the first location. */
export interface SeedPlace {
  /** Default: the next id of the resource. */
  readonly recordId?: string;
  readonly idStyle?: IdStyle;
  /** `null` for what belongs to the company. */
  readonly locationId?: string | null;
  readonly parents?: readonly string[];
}

/** One service of the platform: a folder of `services/`. */
export interface Service {
  /** Operations that answer in a way of their own. A role that the contract's table gives an operation counts only without one. */
  readonly handlers: Handlers;
  /**
   * How well the successes of operations are known, where it is not what their document says: `documented` for described answers, else
   * `inferred`. Refusals state their own.
   */
  readonly evidence?: Readonly<Partial<Record<OperationId, Evidence>>>;
  /** What differs from the rules for the service's resources. */
  readonly resources?: readonly ResourceDeclaration[];
  /** Collections of the service that resources have as parents. */
  readonly holders?: Holders;
  /** Watches the service's collections and publishes webhooks. Cascading deletes emit none. */
  readonly changes?: (state: State, publish: PublishChanges, switches: () => SwitchValues) => void;
  /** What happens by itself when its time comes. */
  readonly timers?: (state: State, clock: SchedulingClock, settings: () => TimerSettings, world: () => World) => void;
  /** Puts the seeded records into an empty state. */
  readonly seed?: (seeding: Seeding) => void;
}
