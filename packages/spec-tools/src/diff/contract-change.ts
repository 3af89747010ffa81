/** One difference of an operation between two contracts. */
export interface ContractChange {
  /** What it is about: `query pipelineId`, `request customFields[].id`, `answer contact.email`, `scope`, `version`. */
  readonly place: string;
  readonly kind: "added" | "removed" | "changed";
  readonly detail: string;
  /** Whether code that was right before may not compile or not work any more. */
  readonly breaking: boolean;
}

export interface OperationDiff {
  readonly generation: "v3" | "v2";
  readonly id: string;
  /** Id before, where a restyled path brought another one. */
  readonly formerId?: string;
  /** `GET /contacts/{contactId}`, as the newer contract spells it. */
  readonly key: string;
  readonly status: "added" | "removed" | "renamed" | "changed";
  readonly changes: readonly ContractChange[];
  readonly breaking: boolean;
}

export interface ContractDiff {
  readonly operations: readonly OperationDiff[];
  readonly breaking: boolean;
}
