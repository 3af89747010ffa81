// Opportunities of a location
export { createOpportunities, type EnsureDeal, type Opportunities, type OpportunitiesOptions } from "./create-opportunities.ts";
export type { OpportunitiesClient, Opportunity, OpportunityStatus } from "./opportunities-client.ts";

// Deals
export type { Deal, DealPolicy, KeyedDealPolicy } from "./deal.ts";
export type {
  ChangeDealResult,
  DealConflict,
  DealEnsured,
  DealNotFound,
  DealRejected,
  DealUnknown,
  EnsureDealResult,
  MoveResult,
  RejectedDealField,
} from "./deal-result.ts";
export type { Move } from "./move-deal.ts";
export type { StagePlace, UnknownName } from "./pipelines.ts";

// Boards
export type { Board, BoardLane, BoardQuery } from "./read-board.ts";
