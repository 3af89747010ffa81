/** `degraded`: it works, and a person should look at it. `failing`: what arrives is not kept, or its state is unknown. */
export type HealthStatus = "ok" | "degraded" | "failing";

/** What one check found. Nothing secret, and no id of an account. */
export interface HealthCheck<Values extends HealthValues = HealthValues> {
  readonly status: HealthStatus;
  /** One sentence. */
  readonly message: string;
  /** What to do; absent where all is well. */
  readonly action?: string;
  /** What was measured; absent where it could not be read. Names that end in `Ms` are milliseconds, in `Ratio` a share from 0 to 1. */
  readonly values?: Values;
}

/** Numbers by name; `undefined` where there is none. */
export type HealthValues = Readonly<Record<string, number | undefined>>;

/** The checks; one is absent where it was given nothing to look at. */
export interface HealthChecks {
  /** The storage: something small is written. */
  readonly storage?: HealthCheck<{ readonly answeredInMs: number }>;
  /** Deliveries that wait to be handled. */
  readonly inbox?: HealthCheck<{ readonly waiting: number; readonly oldestWaitingMs: number }>;
  /** Deliveries that were given up. */
  readonly deadLetters?: HealthCheck<{ readonly dead: number }>;
  /** Times without a receiver that are not repaired, and the time since the last delivery. */
  readonly webhooks?: HealthCheck<{ readonly gaps: number; readonly gapMs: number; readonly quietMs: number | undefined }>;
  /** Token pairs and installations of a marketplace app. */
  readonly accounts?: HealthCheck<{
    readonly pairs: number;
    /** Pairs whose refresh token ends soon. */
    readonly renewalDue: number;
    /** Pairs whose refresh has no known outcome. */
    readonly refreshStuck: number;
    readonly needsReconnect: number;
    readonly suspended: number;
    /** Since the pair was renewed whose renewal is the longest ago. */
    readonly oldestPairMs: number | undefined;
  }>;
  /** Private integration tokens whose age is known. */
  readonly privateTokens?: HealthCheck<{ readonly tokens: number; readonly oldestMs: number; readonly rotationDue: number }>;
  /** Rate limit of the location or company that has the least left. */
  readonly quota?: HealthCheck<{
    /** Calls that wait for a slot, of all locations and companies. */
    readonly waiting: number;
    readonly burstLeftRatio: number | undefined;
    readonly dailyLeft: number | undefined;
    readonly dailyLeftRatio: number | undefined;
  }>;
  /** The copy of `@ghlkit/sync`. */
  readonly sync?: HealthCheck<{
    /** Of the kind that is the furthest behind. */
    readonly lagMs: number;
    /** Kinds whose deletions wait for a person. */
    readonly held: number;
    /** Deletions that wait for a person. */
    readonly heldDeletions: number;
    /** Kinds that do not go on. */
    readonly problems: number;
    /** Kinds whose backfill is not done. */
    readonly backfilling: number;
  }>;
}

/** Where everything stands. */
export interface HealthReport {
  /** The worst of the checks. */
  readonly status: HealthStatus;
  /** Ms since epoch. */
  readonly checkedAt: number;
  readonly checks: HealthChecks;
}

const order = ["ok", "degraded", "failing"] as const;

/** The worst of several. */
export function worstOf(statuses: readonly HealthStatus[]): HealthStatus {
  return order[Math.max(0, ...statuses.map((status) => order.indexOf(status)))] ?? "ok";
}
