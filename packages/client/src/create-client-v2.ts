import { operationTable } from "@ghlkit/contract/v2";
import { buildClient, type ClientOptions } from "./build-client.ts";
import type { ClientMembers, UnboundMembers } from "./client-members.ts";
import type { CompanyServices, LocationServices, Services } from "./generated/v2/services.ts";
import type { PathMethods } from "./path-level/path-methods-v2.ts";

/** A client bound to one location: what a location token may call, with the location filled in. */
export interface LocationClient extends LocationServices, ClientMembers<LocationClient> {}

/** A client bound to one company (agency). */
export interface CompanyClient extends CompanyServices, ClientMembers<CompanyClient> {}

/** A v2 client. */
export interface Client extends Services, PathMethods, UnboundMembers<Client, LocationClient, CompanyClient> {}

/**
 * Makes a v2 client (`Version: 2021-07-28` and older, per operation). Give it the pipeline of a
 * client of the current generation and both share one limiter and one set of tokens.
 * @throws TypeError for a base URL that cannot be used.
 */
export function createClient(options: ClientOptions = {}): Client {
  return buildClient(operationTable, options) as Client;
}
