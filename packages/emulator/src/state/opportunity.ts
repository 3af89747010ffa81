import type { Stored } from "./collection.ts";
import type { CustomFieldValue, Maker } from "./contact.ts";

export interface PipelineStage {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly stageWinProbability?: number;
}

export interface Pipeline extends Stored {
  readonly name: string;
  readonly locationId: string;
  /** Text on the wire. */
  readonly position: string;
  readonly useOpportunityProbability?: boolean;
  readonly dateAdded: string;
  readonly stages: readonly PipelineStage[];
}

export interface Opportunity extends Stored {
  readonly locationId: string;
  readonly name: string;
  readonly pipelineId: string;
  readonly pipelineStageId: string;
  readonly status: string;
  readonly monetaryValue: number;
  readonly contactId?: string;
  readonly assignedTo?: string;
  readonly source?: string;
  readonly lostReasonId?: string;
  readonly followers: readonly string[];
  readonly customFields: readonly CustomFieldValue[];
  readonly forecastExpectedCloseDate?: string;
  readonly forecastProbability?: number;
  readonly createdBy: Maker;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastStatusChangeAt: string;
  readonly lastStageChangeAt: string;
}

export interface LostReason extends Stored {
  readonly name: string;
  readonly locationId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
