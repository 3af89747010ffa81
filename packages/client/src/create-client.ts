import { operationTable } from "@ghlkit/contract";
import { buildClient, type ClientOptions } from "./build-client.ts";
import type { ClientMembers, UnboundMembers } from "./client-members.ts";
import type { CompanyServices, LocationServices, Services } from "./generated/v3/services.ts";
import type { PathMethods } from "./path-level/path-methods.ts";

/** A client bound to one location: what a location token may call, with the location filled in. */
export interface LocationClient extends LocationServices, ClientMembers<LocationClient> {}

/** A client bound to one company (agency). */
export interface CompanyClient extends CompanyServices, ClientMembers<CompanyClient> {}

/** A v3 client. */
export interface Client extends Services, PathMethods, UnboundMembers<Client, LocationClient, CompanyClient> {}

/**
 * Makes a v3 client (`Version: v3`), with the operations of v2 that have no
 * successor. v2 as a whole is `createClient` of `@ghlkit/client/v2`.
 * @throws TypeError for a base URL that cannot be used.
 */
export function createClient(options: ClientOptions = {}): Client {
  return buildClient(operationTable, options) as Client;
}
