/** Our own knowledge of single operations, keyed by operation key (`routeKey`). Kept in packages/spec-tools/facts. */
export interface SourceFacts {
  /** Scopes that only the vendor's scopes page states. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
  /** Token kinds of operations that state none though their siblings do. */
  readonly tokens: ReadonlyMap<string, readonly string[]>;
  /** Retry class where the method alone does not decide it. */
  readonly retry: ReadonlyMap<string, string>;
  /** How lists are paged; a list of alternatives, the first whose parameters the operation has is taken. */
  readonly pagination: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
  /** Operation that replaces one of v2, by key. */
  readonly successors: ReadonlyMap<string, string>;
}
