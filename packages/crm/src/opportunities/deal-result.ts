import type { IgnoredField, OverwrittenField } from "../contacts/ensure-result.ts";
import type { InvalidFieldReason } from "../fields/check-field-value.ts";
import type { Opportunity } from "./opportunities-client.ts";
import type { StagePlace, UnknownName } from "./pipelines.ts";

/** A value that was not sent. */
export interface RejectedDealField {
  readonly field: string;
  /** `refused`: by the platform, see `message`. */
  readonly why: InvalidFieldReason | UnknownName | "unknown_contact" | "refused";
  readonly message?: string;
}

/** Nothing was changed. */
export interface DealRejected {
  readonly outcome: "rejected";
  readonly fields: readonly RejectedDealField[];
  readonly calls: number;
}

/** There is no such opportunity. */
export interface DealNotFound {
  readonly outcome: "not_found";
  readonly calls: number;
}

/** The deal exists. */
export interface DealEnsured {
  readonly outcome: "created" | "updated" | "unchanged";
  readonly opportunity: Opportunity;
  readonly ignored: readonly IgnoredField[];
  readonly overwrote: readonly OverwrittenField[];
  readonly calls: number;
}

/** The location takes no second opportunity, and the one that is there does not count by the policy. */
export interface DealConflict {
  readonly outcome: "conflict";
  readonly existing: Opportunity;
  readonly calls: number;
}

/** It is not known whether it was made: by a caller whose answer was lost, or who is still at it. Call again with the key after that time. */
export interface DealUnknown {
  readonly outcome: "unknown";
  readonly probeAfterMs: number;
  readonly calls: number;
}

/** What became of a deal. */
export type EnsureDealResult = DealEnsured | DealConflict | DealRejected;

/** What became of a move. */
export type MoveResult =
  | { readonly outcome: "moved" | "unchanged"; readonly opportunity: Opportunity; readonly at: StagePlace; readonly calls: number }
  /** It is not where the caller saw it: moved elsewhere meanwhile. Nothing was changed, unless `wasSent`: then another move followed ours. */
  | {
      readonly outcome: "conflict";
      readonly opportunity: Opportunity;
      readonly at: StagePlace;
      readonly wasSent: boolean;
      readonly calls: number;
    }
  | DealNotFound
  | DealRejected;

/** What became of a change of value or status. */
export type ChangeDealResult =
  | { readonly outcome: "updated" | "unchanged"; readonly opportunity: Opportunity; readonly calls: number }
  | DealNotFound
  | DealRejected;
