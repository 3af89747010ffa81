import type { OAuth } from "@ghlkit/auth";
import type { Clock } from "@ghlkit/core";
import type { RateLimitLayer } from "@ghlkit/resilience";
import type { Stores } from "@ghlkit/storage";

/** The stores that are looked at; those that are missing are not. `leases` is what the check of the storage writes to. */
export type HealthStorage = Partial<Pick<Stores, "inbox" | "installations" | "leases" | "tokens">>;

/** A client: `createGhl` or `openGhl`. */
export interface HealthClient {
  readonly limiter?: Pick<RateLimitLayer, "inspectAll">;
  readonly auth?: { readonly app: Pick<OAuth["app"], "clientId"> } | undefined;
  readonly storage?: HealthStorage | undefined;
}

/** A private integration token, by a name of yours: its age cannot be read from it. */
export interface PrivateToken {
  readonly name: string;
  readonly createdAt: Date;
}

/** A copy: `createSync` of `@ghlkit/sync`. */
export interface HealthSync {
  readonly health: () => Promise<
    readonly {
      readonly phase: "waiting" | "backfill" | "live" | "reconcile" | "held";
      readonly lagMs: number | undefined;
      /** What `lagMs` counts: a webhook that waits, a time without a receiver, or a webhook that was given up. */
      readonly lagCause?: "waiting" | "gap" | "dead_letter";
      readonly held?: { readonly missing: number };
      readonly problem?: object;
    }[]
  >;
}

/** From where on a check is not `ok`. */
export interface HealthThresholds {
  /**
   * Ms for which the oldest delivery may wait.
   * @default 300_000
   */
  readonly waitingMs?: number;
  /**
   * Ms without any delivery.
   * @default none: an account may be quiet
   */
  readonly quietMs?: number;
  /**
   * Ms before the end of a refresh token at which its renewal is due.
   * @default 30 days
   */
  readonly renewWithinMs?: number;
  /**
   * Age of a private token at which its rotation is due, in ms.
   * @default 90 days
   */
  readonly rotateAfterMs?: number;
  /**
   * Share of the day's calls that has to be left.
   * @default 0.1
   */
  readonly dailyLeftRatio?: number;
  /**
   * Ms that a copy may be behind.
   * @default 3_600_000
   */
  readonly syncLagMs?: number;
}

/** Options of {@link createHealth}. */
export interface HealthOptions {
  /** Its limiter, and where it has them its storage and app are looked at. */
  readonly ghl?: HealthClient;
  /** @default that of `ghl` */
  readonly storage?: HealthStorage;
  /** A copy, where there is one. */
  readonly sync?: HealthSync;
  /** @default none: their age is not watched */
  readonly privateTokens?: readonly PrivateToken[];
  /** From where on a check is not `ok`. */
  readonly thresholds?: HealthThresholds;
  /**
   * Calls a day that the platform allows a location or company, by which `dailyLeftRatio` counts.
   * @default 200_000
   */
  readonly dailyLimit?: number;
  /**
   * Ms for which a result is used again, from when it was read: however often it is asked for, it is looked that often. Token pairs and installations, of which there may be
   * thousands, are looked at once a minute.
   * @default 5_000
   */
  readonly maxAgeMs?: number;
  /**
   * Ms one check may take before it is `failing`. It goes on after that, and is not begun again until it has ended, or ten times as long has gone by; token pairs
   * and installations, which are read once a minute, not before ten minutes.
   * @default 5_000
   */
  readonly timeoutMs?: number;
  /** @default the machine's clock */
  readonly clock?: Clock;
}
