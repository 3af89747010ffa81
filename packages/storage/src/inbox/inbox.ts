import type { ClaimedDelivery, InboxDelivery, StoredDelivery } from "./inbox-delivery.ts";
import type { InboxBacklog, InboxGap, InboxPage, InboxPageQuery, InboxQuery } from "./inbox-query.ts";

/** How to claim. */
export interface ClaimOptions {
  /** Who claims, for messages. */
  readonly owner: string;
  /** Most deliveries, each of another entity. */
  readonly limit: number;
  /** After this time without `renew` another worker may claim them. */
  readonly leaseMs: number;
}

/** Why a delivery failed, and what is to become of it. */
export interface Failure {
  readonly error: string;
  /** Milliseconds until the next attempt. Absent: it is dead. Later events of the entity wait as long. */
  readonly retryInMs?: number;
}

/** An effect that is committed together with the delivery's completion, or not at all. */
export type Effect<Transaction> = (transaction: Transaction) => void | Promise<void>;

/**
 * Webhook deliveries and what became of them. What `insert` acknowledged survives a crash. Deliveries of one entity are claimed
 * one at a time, by `occurredAt` and then by arrival among those that wait; one that failed holds up the later ones until it is
 * done or dead. `Transaction` is the engine's own: see its package.
 *
 * Every method rejects with a GhlError `storage` when the inbox cannot do its work. Time is the store's clock where it has one.
 */
export interface Inbox<Transaction = unknown> {
  /** Keeps a delivery. Resolves when it is committed; many at a time share one commit. A known id is a `duplicate`, whatever its body. */
  readonly insert: (delivery: InboxDelivery) => Promise<"new" | "duplicate">;
  /** Takes what is due, the longest due first. Counts an attempt of each. */
  readonly claim: (options: ClaimOptions) => Promise<readonly ClaimedDelivery[]>;
  /** Makes the lease end `leaseMs` from now. `held` is false when another worker has it. */
  readonly renew: (claimed: ClaimedDelivery, options: { readonly leaseMs: number }) => Promise<{ readonly held: boolean }>;
  /**
   * Ends a claim well. `completed` is false when the claim was lost; then the effect is not committed either.
   * A rejection of the effect rejects this, with nothing committed.
   */
  readonly complete: (
    claimed: ClaimedDelivery,
    state: "done" | "ignored",
    effect?: Effect<Transaction>,
  ) => Promise<{ readonly completed: boolean }>;
  /** Ends a claim in failure. `failed` is false when the claim was lost. */
  readonly fail: (claimed: ClaimedDelivery, failure: Failure) => Promise<{ readonly failed: boolean }>;
  /** Gives back a claim whose handling did not begin; the attempt is not counted. */
  readonly release: (claimed: ClaimedDelivery) => Promise<void>;
  /**
   * Makes deliveries wait again that are done, ignored or dead, as if new. Those whose body is gone stay, and those that arrive
   * meanwhile. Works in the order of arrival and in steps: after a crash in between, a repeat makes the rest wait.
   */
  readonly replay: (what: { readonly id: string } | InboxQuery) => Promise<{ readonly replayed: number }>;
  readonly get: (id: string) => Promise<StoredDelivery | undefined>;
  readonly query: (query?: InboxPageQuery) => Promise<InboxPage>;
  /** Counts in steps: what changes meanwhile may count or not. */
  readonly backlog: () => Promise<InboxBacklog>;
  /**
   * Lets bodies and headers go of deliveries that were done or ignored before `bodiesBefore`, and forgets those received before
   * `idsBefore` altogether, and with the last of an entity what it knew of that. Dead and waiting ones stay. Works in steps, so that
   * nothing waits for long; with `atMost` it ends after that many bodies and that many ids.
   */
  readonly prune: (limits: {
    readonly bodiesBefore: number;
    readonly idsBefore: number;
    readonly atMost?: number;
  }) => Promise<{ readonly bodies: number; readonly ids: number }>;
  /** A sign of life of a receiver. When the last one of any receiver is more than `gapAfterMs` ago, the time between is kept as a gap. */
  readonly beat: (options: { readonly gapAfterMs: number }) => Promise<{ readonly gap?: InboxGap }>;
  /** Gaps that are not repaired, oldest first; at most 1,000. */
  readonly gaps: () => Promise<readonly InboxGap[]>;
  /** Ends a gap: it was repaired. */
  readonly closeGap: (id: number) => Promise<void>;
  /** Calls `listener` after a new delivery or a step of a replay of this process was committed. Returns what ends that. */
  readonly watch: (listener: () => void) => () => void;
}
