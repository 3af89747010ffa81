import type { CallContext, Principal } from "./call-context.ts";
import { redactedCause } from "./redacted-cause.ts";
import type { ErrorDetails, GhlErrorCode } from "./error-code.ts";

const docsPage = "https://github.com/ghlkit/ghlkit/blob/main/docs/errors.md";

const brand: symbol = Symbol.for("ghlkit.error");

/** Where an error came from. */
export interface ErrorOrigin {
  /** Operation id, or `METHOD /path` for a request outside the contract. */
  readonly operation?: string | undefined;
  readonly principal?: Principal | undefined;
  /** The platform's id of the request: what its support asks for. */
  readonly traceId?: string | undefined;
  /** Attempts made so far; 0 when nothing was sent. */
  readonly attempts?: number | undefined;
  /** The platform's own name of the refusal (`canonicalCode` or `code` of the body). */
  readonly platformCode?: string | undefined;
  /** Start of the answer's body, redacted and bounded. */
  readonly body?: string | undefined;
  readonly cause?: unknown;
}

/** Common part of every error. `switch (error.code)` on a {@link GhlError} narrows to the details of the code. */
export class GhlErrorBase<Code extends GhlErrorCode = GhlErrorCode> extends Error {
  readonly code: Code;
  readonly operation: string | undefined;
  readonly principal: Principal | undefined;
  readonly traceId: string | undefined;
  readonly attempts: number;
  /** The platform's own name of the refusal, such as `OPPORTUNITY_NO_DUPLICATE`; `undefined` where its answer has none. */
  readonly platformCode: string | undefined;
  readonly body: string | undefined;
  /** What failed before the call could be sent: then `sent` is false and the call had no effect, whatever the code says of the token request. */
  declare readonly during?: "authorisation";
  /** The page that says what the code means and what to do. */
  readonly docs: string;

  static {
    // On the prototype: an error is made for each of ten thousand calls that one signal aborts.
    Object.defineProperty(this.prototype, "name", { value: "GhlError", configurable: true, writable: true });
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  constructor(code: Code, message: string, details: ErrorDetails[Code], origin: ErrorOrigin = {}) {
    super(message, origin.cause === undefined ? undefined : { cause: redactedCause(origin.cause) });
    this.code = code;
    this.operation = origin.operation;
    this.principal = origin.principal;
    this.traceId = origin.traceId;
    this.attempts = origin.attempts ?? 0;
    this.platformCode = origin.platformCode;
    this.body = origin.body;
    this.docs = `${docsPage}#${code}`;
    Object.assign(this, details);
  }

  /** Everything a log wants, nothing secret: message, code, origin and details, without stack and cause. */
  toJSON(): Record<string, unknown> {
    return Object.assign({ name: "GhlError", message: this.message }, this as Record<string, unknown>);
  }
}

/** The error of a call. Each code carries its own details, see {@link ErrorDetails}. */
export type GhlError = { [Code in GhlErrorCode]: GhlErrorOf<Code> }[GhlErrorCode];

/** The error of one code. */
export type GhlErrorOf<Code extends GhlErrorCode> = GhlErrorBase<Code> & Readonly<ErrorDetails[Code]>;

/** Makes an error of one code. */
export function ghlError<Code extends GhlErrorCode>(
  code: Code,
  message: string,
  details: ErrorDetails[Code],
  origin?: ErrorOrigin,
): GhlErrorOf<Code> {
  return new GhlErrorBase(code, message, details, origin) as GhlErrorOf<Code>;
}

/** Whether a value is an error of ghlkit, whichever copy of the package made it. With a code, whether it is of that code. */
export function isGhlError(value: unknown): value is GhlError;
export function isGhlError<Code extends GhlErrorCode>(value: unknown, code: Code): value is GhlErrorOf<Code>;
export function isGhlError(value: unknown, code?: GhlErrorCode): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    return brand in value && (code === undefined || (value as GhlErrorBase).code === code);
  } catch {
    // Anything can be thrown, a revoked proxy too.
    return false;
  }
}

/** Origin of an error raised inside a layer. */
export function originOf(context: CallContext): ErrorOrigin {
  return { operation: context.operation?.id ?? context.name, principal: context.principal, attempts: context.attempt };
}
