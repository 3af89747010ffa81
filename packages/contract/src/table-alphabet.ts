import type { AnswerKind, BodyKind, HttpMethod, RetryClass, TenantParameter, TokenKind } from "./operation.ts";

/** What the letters of an encoded operation table stand for. The generator writes by it, `decode-table.ts` reads by it. */
export interface TableAlphabet {
  readonly methods: Readonly<Record<string, HttpMethod>>;
  readonly tokenKinds: Readonly<Record<string, TokenKind>>;
  readonly retryClasses: Readonly<Record<string, RetryClass>>;
  /** Letter of a method → letter of the retry class that is left out. */
  readonly usualRetry: Readonly<Record<string, string>>;
  readonly bodyKinds: Readonly<Record<string, BodyKind>>;
  /** JSON is left out. */
  readonly answerKinds: Readonly<Record<string, AnswerKind>>;
  /** Those of a path are left out: its template names them. */
  readonly tenants: Readonly<Record<string, readonly TenantParameter[]>>;
}

/** Letters of the encoded operation table, for the generator that writes it and the decoder that reads it. */
export const tableAlphabet: TableAlphabet = {
  methods: { G: "GET", P: "POST", U: "PUT", A: "PATCH", D: "DELETE" },
  tokenKinds: { l: "location", L: "locationOAuth", a: "agency", A: "agencyOAuth" },
  retryClasses: {
    s: "safe",
    i: "idempotent",
    d: "idempotent-if-id",
    l: "likely-idempotent",
    c: "unsafe-create",
    e: "unsafe-side-effect",
  },
  usualRetry: { G: "s", P: "c", U: "i", A: "l", D: "i" },
  bodyKinds: { j: "json", f: "form", m: "multipart" },
  answerKinds: { t: "text", b: "binary" },
  tenants: {
    l: [{ name: "locationId", in: "query" }],
    L: [{ name: "locationId", in: "body" }],
    s: [{ name: "location_id", in: "query" }],
    a: [
      { name: "altId", in: "query" },
      { name: "altType", in: "query" },
    ],
    A: [
      { name: "altId", in: "body" },
      { name: "altType", in: "body" },
    ],
    i: [{ name: "altId", in: "query" }],
    c: [{ name: "companyId", in: "query" }],
    C: [{ name: "companyId", in: "body" }],
  },
};
