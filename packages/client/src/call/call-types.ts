import type { RouteOptions } from "@ghlkit/contract";
import type { Priority, RateState } from "@ghlkit/core";

/** Options of one call, always the last argument. */
export interface CallOptions extends RouteOptions {
  /** Ends the call: its error is `aborted`. */
  readonly signal?: AbortSignal;
  /** Milliseconds one attempt may take, body included. Default: the client's (30,000). 0 means no limit. */
  readonly timeoutMs?: number;
  /** Milliseconds the whole call may take, waits and retries included: no attempt starts after it. Default: none. */
  readonly deadlineMs?: number;
  /** Extra headers. They win over those of the contract. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Lane of the rate limiter. Default `interactive`. */
  readonly priority?: Priority;
  /** Reads from the platform itself: no cache and no read that began earlier answers. Default false. */
  readonly fresh?: boolean;
}

/** Input of an operation that takes none. */
export type NoInput = Readonly<Record<never, never>>;

/** Everything of one execution. */
export interface WithResponse<Data> {
  readonly data: Data;
  /** The answer; its body may be read again. */
  readonly response: Response;
  readonly headers: Headers;
  /** What the platform's rate headers told. */
  readonly rate: RateState;
  /** The platform's id of the request, where the answer carries one. */
  readonly traceId: string | undefined;
  /** Attempts it took. */
  readonly attempts: number;
}

/**
 * A call under way: a promise of its data, sent when made, not when awaited.
 * @throws GhlError
 */
export interface Call<Data> extends Promise<Data> {
  /** The same execution, with response, headers, rate state and trace id. */
  withResponse(): Promise<WithResponse<Data>>;
}

/** One page of a list. */
export interface Page<Data, Item> extends WithResponse<Data> {
  readonly items: readonly Item[];
  /** 1 for the first page of this walk. */
  readonly number: number;
  /** How many items there are in all, where the platform tells. */
  readonly total: number | undefined;
  /** Hand it to {@link ListOptions.resume} to go on after this page, even in another process; `undefined` on the last. */
  readonly resume: string | undefined;
}

/** Options of a list call. */
export interface ListOptions extends CallOptions {
  /** {@link Page.resume} of the last page that was done: the call starts after it. The input must be the same. */
  readonly resume?: string;
}

/**
 * A call of a list. Awaited, it gives the first page; iterated, every item of every page:
 * `for await (const contact of client.contacts.search({ body })) …`
 */
export interface ListCall<Data, Item> extends Call<Data>, AsyncIterable<Item> {
  /** Walks page by page. @throws GhlError `invalid_response` when the platform hands out a cursor or page twice. */
  pages(): AsyncIterable<Page<Data, Item>>;
}
