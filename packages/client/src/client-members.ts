import type { CallOptions } from "./call/call-types.ts";
import type { RawRequest } from "./call/raw-request.ts";

/** What every client has beside its services. */
export interface ClientMembers<Self> {
  /** Sends a request that the contract does not know, through the same layers. */
  readonly request: RawRequest;
  /** The same client with options for all its calls, such as `with({ priority: "bulk" })`. Those of a call win; either signal ends it. */
  readonly with: (defaults: CallOptions) => Self;
}

/** What a client that is bound to nothing has beside that. */
export interface UnboundMembers<Self, Location, Company> extends ClientMembers<Self> {
  /** Binds to a location. @throws TypeError when the id is empty. */
  readonly location: (locationId: string) => Location;
  /** Binds to a company. @throws TypeError when the id is empty. */
  readonly company: (companyId: string) => Company;
}
