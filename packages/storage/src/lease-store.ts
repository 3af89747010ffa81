/** A lease that was granted, or how long to wait before asking again. */
export type LeaseResult = LeaseGrant | LeaseRefusal;

/** A lease that was granted or renewed. */
export interface LeaseGrant {
  readonly held: true;
  /** Grows with every grant of the name and never comes back: who has the lower number is late. */
  readonly fence: number;
  /** On the store's clock, which need not be the wall clock. Count `ttlMs` from before the call instead of comparing this with your own clock. */
  readonly expiresAt: number;
}

/** A lease that someone else holds, or that ended before it was renewed. */
export interface LeaseRefusal {
  readonly held: false;
  /** Until the lease ends if its holder does not renew it. */
  readonly retryAfterMs: number;
  /** Who holds it, for messages. Absent when it is free: a renewal that came too late. */
  readonly holder?: string;
}

/**
 * Named leases: at most one holder at a time, across processes. A holder that dies is survived: its lease ends by itself.
 * Time is the store's own clock where it has one. Leases are not re-entrant: the same owner is refused as any other.
 */
export interface LeaseStore {
  /** Takes the lease if it is free. Does not wait. */
  readonly acquire: (name: string, options: { readonly ttlMs: number; readonly owner: string }) => Promise<LeaseResult>;
  /** Makes the lease end `ttlMs` from now. Refused when it has ended, even if it was not taken since. */
  readonly renew: (name: string, options: { readonly ttlMs: number; readonly fence: number }) => Promise<LeaseResult>;
  /** Gives the lease back. `released` is false when it was no longer this holder's. */
  readonly release: (name: string, options: { readonly fence: number }) => Promise<{ readonly released: boolean }>;
}
