/** A webhook delivery as it is put into the inbox: verified, not yet handled. Times are ms since epoch. */
export interface InboxDelivery {
  /** The platform's `webhookId`; `sha256:` and the hash where it sent none. Deliveries of one id are one. */
  readonly id: string;
  /** SHA-256 of the body, hex. */
  readonly hash: string;
  /** Which source vouched for it, e.g. `marketplace`. */
  readonly source: string;
  /** Type of the event; `unknown` for one the contract does not know. */
  readonly type: string;
  /** Id of the location, or of the company where it names no location. */
  readonly resource?: string;
  /** What must stay in order, e.g. `contact:abc`. Deliveries of one entity are handled one after the other. */
  readonly entity: string;
  /** When it happened, as the platform says; when it arrived where it does not. */
  readonly occurredAt: number;
  readonly receivedAt: number;
  /** Headers worth keeping, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The signed bytes. Empty once retention has let them go. */
  readonly body: Uint8Array;
  /** Made by gap repair instead of sent by the platform. */
  readonly synthetic: boolean;
}

/**
 * `waiting` to be handled (for the first time or again), `done`, `ignored` (no handler, or stale under the policy `skip`),
 * `dead` (given up; waits for a person).
 */
export type DeliveryState = "waiting" | "done" | "ignored" | "dead";

/** A delivery as it stands in the inbox. */
export interface StoredDelivery extends InboxDelivery {
  /** Order of arrival. */
  readonly seq: number;
  readonly state: DeliveryState;
  /** How often a worker has begun to handle it. */
  readonly attempts: number;
  /** How often it arrived again. */
  readonly duplicates: number;
  /** Why the last attempt failed. */
  readonly error?: string;
  /** When it became done, ignored or dead. */
  readonly finishedAt?: number;
}

/** A delivery in the hands of one worker. */
export interface ClaimedDelivery {
  readonly delivery: StoredDelivery;
  /** A newer event of the same entity was handled before. */
  readonly stale: boolean;
  /** Proof of the claim: who comes with an older one is late. */
  readonly fence: number;
}
