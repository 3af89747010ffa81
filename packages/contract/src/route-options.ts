/** Options that a call by path takes beside its parameters and body. The client says what each does. */
export interface RouteOptions {
  /** Ends the call and every wait of it. */
  readonly signal?: AbortSignal;
  /** Milliseconds one attempt may take, body included. */
  readonly timeoutMs?: number;
  /** Milliseconds the call may take in all, waits and retries included. */
  readonly deadlineMs?: number;
  /** Headers besides those that the client sets. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Lane of the call in a rate limit. */
  readonly priority?: "interactive" | "webhook" | "bulk";
  /** Reads past a cache, and past a read that is under way. */
  readonly fresh?: boolean;
}
