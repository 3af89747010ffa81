import type { GetEvent, GetNote, Task } from "@ghlkit/contract/types/contacts";
import type { GetMessageResponse } from "@ghlkit/contract/types/conversations";
import type { SearchOpportunitiesResponse } from "@ghlkit/contract/types/opportunities";
import type { TxnResponse } from "@ghlkit/contract/types/payments";

interface At {
  /**
   * ISO 8601, UTC: when a message or note was added, a task is due, an appointment begins, a deal or payment was created. An appointment is listed
   * in wall time: it is read in the zone of the location, in UTC where the client has no `locations`. Other times without zone are read as UTC. `undefined` where none can be read: such entries count as the oldest.
   */
  readonly at: string | undefined;
}

/** Something that happened with a contact; `kind` says what it carries. */
export type TimelineEntry =
  | (At & { readonly kind: "message"; readonly message: GetMessageResponse })
  | (At & { readonly kind: "note"; readonly note: GetNote })
  | (At & { readonly kind: "task"; readonly task: Task })
  | (At & { readonly kind: "appointment"; readonly appointment: GetEvent })
  | (At & { readonly kind: "deal"; readonly deal: SearchOpportunitiesResponse })
  | (At & { readonly kind: "payment"; readonly payment: TxnResponse });

/** A kind of entry. */
export type TimelineKind = TimelineEntry["kind"];
