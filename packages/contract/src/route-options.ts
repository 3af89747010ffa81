/** Options that a call by path takes beside its parameters and body. The client says what each does. */
export interface RouteOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly priority?: "interactive" | "webhook" | "bulk";
  readonly fresh?: boolean;
}
