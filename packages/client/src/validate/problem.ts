/** One place where a request or an answer is not what the contract says. */
export interface Problem {
  /** Where: `body.customFields[0].id`, `query.limit`; of an answer the dotted path with `[]` for list items. */
  readonly path: string;
  /** What is wrong, without the value. */
  readonly message: string;
}

/** What became of one call. Calls without a problem emit nothing. */
export interface ValidationEvent {
  readonly type: "invalid";
  readonly side: "request" | "answer";
  /** Operation id. */
  readonly operation: string;
  readonly problems: readonly Problem[];
}
