import type { LocationClient } from "@ghlkit/client";
import type { SearchOpportunitiesResponse } from "@ghlkit/contract/types/opportunities";

/** An opportunity as the platform answers it. */
export type Opportunity = SearchOpportunitiesResponse;

/** What can become of an opportunity. */
export type OpportunityStatus = "open" | "won" | "lost" | "abandoned";

/** A client bound to one location. */
export type OpportunitiesClient = Pick<LocationClient, "opportunities" | "locations">;
