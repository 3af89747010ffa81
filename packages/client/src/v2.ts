import { operationTable } from "@ghlkit/contract/v2";
import { buildClient, type ClientOptions } from "./create-client.ts";
import type { CompanyServices, LocationServices, Services } from "./generated/v2/services.ts";
import type { PathMethods } from "./path-level/path-methods-v2.ts";
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

/** A v2 client. */
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
 * Makes a v2 client (`Version: 2021-07-28` and older, per operation). Give it the pipeline of a
 * client of the current generation and both share one limiter and one set of tokens.
 * @throws TypeError for a base URL that cannot be used.
 */
export function createClient(options: ClientOptions = {}): Client {
  return buildClient(operationTable, options) as Client;
}

export type { CompanyServices, LocationServices, Services } from "./generated/v2/services.ts";
