/** Which tokens an operation accepts. `location` and `agency` include private integration tokens; the `OAuth` kinds do not. */
export type TokenKind = "location" | "locationOAuth" | "agency" | "agencyOAuth";

/**
 * Whether a call may be sent again when its answer was lost.
 *
 * - `safe`: a read.
 * - `idempotent`: sending it twice leaves what sending it once leaves.
 * - `idempotent-if-id`: idempotent only when the body carries the id of the record.
 * - `likely-idempotent`: sets a state; judged from name and schema, stated nowhere.
 * - `unsafe-create`: creates a record each time.
 * - `unsafe-side-effect`: acts outside: sends, charges, publishes.
 */
export type RetryClass = "safe" | "idempotent" | "idempotent-if-id" | "likely-idempotent" | "unsafe-create" | "unsafe-side-effect";

/** Methods that the platform has operations for. */
export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How the request body is encoded; `null` where an operation takes none. */
export type BodyKind = "json" | "form" | "multipart";

/** How the answer is read. `none` is a 204. */
export type AnswerKind = "json" | "text" | "binary";

/** Where a tenant parameter of an operation travels. */
export interface TenantParameter {
  readonly name: "locationId" | "location_id" | "altId" | "altType" | "companyId";
  readonly in: "path" | "query" | "body";
}

/**
 * How a list operation is paged. Paths are dotted; `-1` names the last element of a list, an empty path the answer itself.
 */
export interface Pagination {
  /** `offset` counts records, `page` counts pages, `cursor` carries values of the last answer over. */
  readonly style: "offset" | "page" | "cursor";
  readonly in: "query" | "body";
  /** Name of the page-size parameter; absent where the platform fixes the size. */
  readonly size?: string;
  /** Largest page size that is stated. */
  readonly max?: number;
  /** Parameters that move; one for `offset` and `page`. */
  readonly cursor: readonly string[];
  /** For `cursor`: where in the answer the value of each parameter stands. */
  readonly next?: readonly string[];
  /** For `page`: number of the first page. */
  readonly base?: 0 | 1;
  /** Extra parameters of the first request only, e.g. `{ page: 1 }` before `searchAfter` takes over. */
  readonly first?: Readonly<Record<string, number | string>>;
  /** Where the items stand. */
  readonly items: string;
  /** Path of the total, if the answer has one. */
  readonly total?: string;
  /** Parameters the wire wants as strings although they count. */
  readonly asString?: boolean;
}

/** One row of the operation table: everything the wire rules need to know of an operation. */
export interface Operation {
  /** `service.verbNoun`, stable across spec updates. */
  readonly id: string;
  readonly method: HttpMethod;
  /** Path template, trailing slash included where the platform declares one. */
  readonly path: string;
  /** Value of the `Version` header; `null` where the operation declares none. */
  readonly version: string | null;
  /** Scopes; `null` where the documents state none (never to be read as "none needed"). */
  readonly scopes: readonly string[] | null;
  /** Accepted token kinds; empty where nothing is stated. */
  readonly tokens: readonly TokenKind[];
  readonly tenant: readonly TenantParameter[];
  readonly retry: RetryClass;
  readonly pagination: Pagination | null;
  readonly body: BodyKind | null;
  /** Query parameters whose lists are joined with commas; every other list repeats its key. */
  readonly comma: readonly string[];
  readonly answer: AnswerKind;
  readonly deprecated: boolean;
  /** Id of the operation that replaces this one, if any. */
  readonly successor: string | null;
}
