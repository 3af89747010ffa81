import type { EventKind } from "@ghlkit/contract/events";
import type { Evidence } from "../http/answer.ts";
import type { PlatformEvent } from "./platform-event.ts";

/** An event that the platform sends beside another one, though it adds nothing. */
export interface RedundantPair {
  readonly kind: EventKind;
  readonly beside: EventKind;
  /** Which comes first. */
  readonly order: "before" | "after";
  /** Those of opportunities were seen by others: highlevel-api-docs issue 27. */
  readonly evidence: Evidence;
}

/** Every pair that the fault `redundant-pair` can add. */
export const redundantPairs: readonly RedundantPair[] = [
  { kind: "OpportunityUpdate", beside: "OpportunityCreate", order: "after", evidence: "reported" },
  { kind: "OpportunityUpdate", beside: "OpportunityDelete", order: "after", evidence: "reported" },
  { kind: "OpportunityUpdate", beside: "OpportunityStageUpdate", order: "before", evidence: "reported" },
  { kind: "OpportunityUpdate", beside: "OpportunityStatusUpdate", order: "before", evidence: "reported" },
  { kind: "OpportunityUpdate", beside: "OpportunityAssignedToUpdate", order: "before", evidence: "reported" },
  { kind: "OpportunityUpdate", beside: "OpportunityMonetaryValueUpdate", order: "before", evidence: "reported" },
  { kind: "ContactUpdate", beside: "ContactTagUpdate", order: "before", evidence: "inferred" },
  { kind: "ContactUpdate", beside: "ContactDndUpdate", order: "before", evidence: "inferred" },
  { kind: "InvoiceUpdate", beside: "InvoiceSent", order: "after", evidence: "inferred" },
  { kind: "InvoiceUpdate", beside: "InvoicePartiallyPaid", order: "after", evidence: "inferred" },
  { kind: "InvoiceUpdate", beside: "InvoicePaid", order: "after", evidence: "inferred" },
];

/** The events of one change with the redundant ones among them; none of those comes twice. */
export function withRedundantPairs(events: readonly PlatformEvent[], isHit: (event: PlatformEvent) => boolean): readonly PlatformEvent[] {
  const result: PlatformEvent[] = [];
  const kinds = new Set(events.map(({ kind }) => kind));
  for (const event of events) {
    const pair = redundantPairs.find(({ beside }) => beside === event.kind);
    const isAdded = pair !== undefined && !kinds.has(pair.kind) && isHit(event);
    if (!isAdded) {
      result.push(event);
      continue;
    }
    kinds.add(pair.kind);
    const besides = { ...event, kind: pair.kind, ...(event.overrides && { overrides: withoutIdentity(event.overrides) }) };
    result.push(...(pair.order === "before" ? [besides, event] : [event, besides]));
  }
  return result;
}

/** The other event has an id and a type of its own. */
function withoutIdentity(overrides: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { webhookId: _, type: __, ...rest } = overrides;
  return rest;
}
