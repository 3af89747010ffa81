/** A row of the CSV as it stands there. */
export interface LeadRow {
  /** Line of the file, header counted. */
  readonly line: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly source: string;
  readonly interest: string;
  readonly value: string;
  readonly smsConsent: string;
}

/** A lead that can be pushed: what could be read of a row, and what had to be left out. */
export interface Lead {
  readonly line: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | undefined;
  /** E.164. */
  readonly phone: string | undefined;
  readonly source: string;
  readonly interest: string;
  /** In major units of the location's currency. */
  readonly value: number | undefined;
  readonly smsConsent: boolean;
  /** What was dropped from the row, and why. */
  readonly notes: readonly string[];
}

/** What became of a row. */
export type OutcomeKind = "created" | "adopted" | "rejected" | "failed" | "would create" | "would adopt";

export interface Outcome {
  readonly line: number;
  readonly outcome: OutcomeKind;
  readonly contactId: string | undefined;
  readonly opportunityId: string | undefined;
  /** Follow-ups that were started. */
  readonly followUps: readonly string[];
  /** Why it came so: empty for a row without a remark. */
  readonly reason: string;
}
