import type { Credential } from "../auth/credential.ts";
import type { Generation, OpenApiDocument, Operation } from "../contract/contract-source.ts";
import type { Success } from "../contract/open-api.ts";
import type { World } from "../world.ts";

/** A request that has passed every check, as handlers see it. */
export interface Call {
  readonly operation: Operation;
  /** Whose shapes to answer in. */
  readonly generation: Generation;
  /** Scheme and host that the request was sent to: `http://127.0.0.1:4010`. */
  readonly origin: string;
  /** The `Version` header as sent; `null` without. */
  readonly version: string | null;
  readonly params: Readonly<Record<string, string>>;
  /** Query values in the types that the contract declares. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Parsed and valid; an empty record when the operation takes none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** A body that is a list; empty for every other. */
  readonly list: readonly unknown[];
  /** The body came as a form, in whichever encoding. */
  readonly isForm: boolean;
  /** Files of a multipart body by part name. */
  readonly files: Readonly<Record<string, readonly File[]>>;
  /** Absent for operations that need no token. */
  readonly credential: Credential | undefined;
  /** The location the request names, else the token's own. */
  readonly locationId: string | undefined;
  readonly world: World;
  /** What the contract promises. */
  readonly success: Success;
  /** The document that `success` refers to. */
  readonly document: OpenApiDocument;
}

/** Now, as the platform writes times. */
export function nowIso(call: Call): string {
  return new Date(call.world.clock.now()).toISOString();
}

/** A path parameter. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? "";
}

/** A query value as text; `undefined` when absent or empty. */
export function queryText(call: Call, name: string): string | undefined {
  const value = call.query[name];
  return value === undefined || value === "" ? undefined : String(value);
}

/** A query value as a number, whichever type the documents gave it; `fallback` when it is none. */
export function queryNumber(call: Call, name: string, fallback: number): number {
  const value = queryText(call, name);
  const number = value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : fallback;
}

/** A query flag. */
export function queryFlag(call: Call, name: string): boolean | undefined {
  const value = queryText(call, name);
  return value === undefined ? undefined : value === "true";
}

/** The location of a call that cannot do without; `""` matches nothing. */
export function locationOf(call: Call): string {
  return call.locationId ?? "";
}
