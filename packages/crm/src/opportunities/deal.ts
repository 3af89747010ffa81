import type { FieldInputs, FieldsToWrite } from "../fields/field-value.ts";
import type { Opportunity, OpportunityStatus } from "./opportunities-client.ts";

/** A deal that shall exist. */
export interface Deal<Fields extends object = FieldInputs> {
  readonly contactId: string;
  /** Name or id. */
  readonly pipeline: string;
  /** Name or id. Without it a new one starts in the first stage. */
  readonly stage?: string | undefined;
  readonly name: string;
  /** In major units of the location's currency. */
  readonly value?: number | undefined;
  /** Of a new one. @default "open" */
  readonly status?: OpportunityStatus | undefined;
  /** Id of a user. */
  readonly assignedTo?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly expectedCloseDate?: string | undefined;
  /** Custom fields by key. `null` clears one. */
  readonly fields?: FieldsToWrite<Fields> | undefined;
}

/** Which opportunity is taken for the deal, and what becomes of it. */
export interface DealPolicy {
  /**
   * How far a contact has one.
   * @default "perPipeline"
   */
  readonly one?: "perPipeline" | "perLocation";
  /**
   * Whether one that is won, lost or abandoned counts.
   * @default "open"
   */
  readonly statuses?: "open" | "any";
  /** Only opportunities for which it says so count, e.g. those of one product. @default all */
  readonly isSame?: (existing: Opportunity) => boolean;
  /**
   * The contact was created a moment ago, so that it can have none yet: saves the search.
   * @default false
   */
  readonly isNewContact?: boolean;
  /**
   * `fill` writes only what the existing one lacks, and leaves its stage and name alone. `update` writes all that was given, stage included.
   * @default "fill"
   */
  readonly existing?: "fill" | "update";
}

/** A policy that holds across processes and lost answers. */
export interface KeyedDealPolicy extends DealPolicy {
  /**
   * Names the intent, e.g. the id of the form or the product: of callers that use one journal, in any process and whatever answers were lost, one makes the contact's deal
   * for it, and the others find that. Without a key the platform's search decides, which lags a few seconds behind its writes. One that was
   * deleted since, or does not count any more, is made anew as without a key. At most 150 characters.
   */
  readonly key: string;
}
