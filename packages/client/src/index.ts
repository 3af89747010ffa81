import { operationTable } from "@ghlkit/contract";
import { buildClient, type ClientOptions } from "./create-client.ts";
import type { CompanyServices, LocationServices, Services } from "./generated/v3/services.ts";
import type { PathMethods } from "./path-level/path-methods.ts";
import type { CallOptions } from "./call/call-types.ts";
import type { RawRequest } from "./call/raw-request.ts";

/** A client bound to one location: what a location token may call, with the location filled in. */
export interface LocationClient extends LocationServices {
  /** Sends a request that the contract does not know, for this location. */
  readonly request: RawRequest;
  /** The same client with options for all its calls, such as `with({ priority: "bulk" })`. Those of a call win; either signal ends it. */
  readonly with: (defaults: CallOptions) => LocationClient;
}

/** A client bound to one company (agency). */
export interface CompanyClient extends CompanyServices {
  /** Sends a request that the contract does not know, for this company. */
  readonly request: RawRequest;
  /** The same client with options for all its calls, such as `with({ priority: "bulk" })`. Those of a call win; either signal ends it. */
  readonly with: (defaults: CallOptions) => CompanyClient;
}

/** A client of the current generation. */
export interface Client extends Services, PathMethods {
  /** Sends a request that the contract does not know, through the same layers. */
  readonly request: RawRequest;
  /** Binds to a location. @throws TypeError when the id is empty. */
  readonly location: (locationId: string) => LocationClient;
  /** Binds to a company. @throws TypeError when the id is empty. */
  readonly company: (companyId: string) => CompanyClient;
  /** The same client with options for all its calls, such as `with({ priority: "bulk" })`. Those of a call win; either signal ends it. */
  readonly with: (defaults: CallOptions) => Client;
}

/**
 * Makes a v3 client (`Version: v3`), with the operations of v2 that have no
 * successor. v2 as a whole is `createClient` of `@ghlkit/client/v2`.
 * @throws TypeError for a base URL that cannot be used.
 */
export function createClient(options: ClientOptions = {}): Client {
  return buildClient(operationTable, options) as Client;
}

// Options
export type { ClientOptions } from "./create-client.ts";
export { createPipeline, type CallOrigin, type Pipeline, type PipelineOptions } from "./pipeline.ts";
export type { RawRequest, RawRequestOptions } from "./call/raw-request.ts";

// Calls
export type { Call, CallOptions, ListCall, ListOptions, NoInput, Page, WithResponse } from "./call/call-types.ts";
export type { PathResult } from "./path-level/path-level.ts";
export type { PathMethods } from "./path-level/path-methods.ts";
export type { CompanyServices, LocationServices, Services } from "./generated/v3/services.ts";

// Errors
export { isGhlError, type GhlError, type GhlErrorCode, type GhlErrorOf } from "@ghlkit/core";
