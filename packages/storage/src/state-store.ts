/** Outcome of {@link StateStore.consume}. */
export type ConsumedState =
  | { readonly valid: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly valid: false; readonly reason: "unknown" | "used" | "expired" };

/** What goes with a nonce. */
export interface RememberOptions {
  /** How long the nonce is good, in ms. */
  readonly ttlMs: number;
  /**
   * Given back when the nonce is consumed. JSON values only.
   * @default empty
   */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Nonces of OAuth `state` (RFC 6749 10.12): each is good once, until it expires. Time is the store's clock. */
export interface StateStore {
  /** @throws GhlError `invalid_request` when the nonce is known already, used ones included. */
  readonly remember: (nonce: string, options: RememberOptions) => Promise<void>;
  /** Valid exactly once, however many ask at the same time. A used nonce is distinguished from an unknown one until it expires. */
  readonly consume: (nonce: string) => Promise<ConsumedState>;
}
