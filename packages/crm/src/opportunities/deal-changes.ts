import type { UpdateOpportunity } from "@ghlkit/contract/types/opportunities";
import type { IgnoredField, OverwrittenField } from "../contacts/ensure-result.ts";
import { wireShapes, type FieldWrite } from "../fields/create-fields.ts";
import { fieldDay } from "../fields/field-day.ts";
import { readFieldValue } from "../fields/read-field-value.ts";
import { sameFieldValue } from "../fields/same-field-value.ts";
import { wireFieldValues } from "../fields/wire-field-values.ts";
import type { Opportunity } from "./opportunities-client.ts";

/** What is sent of a deal. */
export type SentDeal = Omit<UpdateOpportunity, "customFields" | "status"> & { readonly fields: readonly FieldWrite[] };

/** What a deal changes on an opportunity. */
export interface DealChanges {
  readonly send: SentDeal;
  readonly ignored: readonly IgnoredField[];
  readonly overwrites: readonly OverwrittenField[];
}

/** The names that results give to what is sent. */
const shownNames: Readonly<Partial<Record<string, string>>> = {
  monetaryValue: "value",
  forecastExpectedCloseDate: "expectedCloseDate",
  pipelineId: "pipeline",
  pipelineStageId: "stage",
};

/** Compares a deal with an opportunity: what is there already is not sent. */
export function dealChanges({ fields, ...values }: SentDeal, existing: Opportunity, fills: boolean): DealChanges {
  const ignored: IgnoredField[] = [];
  const overwrites: OverwrittenField[] = [];
  const mayWrite = (field: string, before: unknown): boolean => {
    // An opportunity without a value shows 0.
    if (before === undefined || before === null || before === "" || before === 0) return true;
    if (fills) ignored.push({ field, why: "kept" });
    else overwrites.push({ field, before });
    return !fills;
  };
  const sent = Object.entries(values).filter(([name, value]) => {
    const before = existing[name as keyof Opportunity];
    return !sameValue(name, before, value) && mayWrite(shownNames[name] ?? name, before);
  });
  const changed = fields.filter((write) => {
    const before = dealFieldValue(existing, write);
    if (sameFieldValue(write.field, before, write.value)) return false;
    return mayWrite(write.field.key, readFieldValue(write.field, before));
  });
  return { send: { ...Object.fromEntries(sent), fields: changed }, ignored, overwrites };
}

/** What was sent and is not on the opportunity. */
export function dealNotStored({ fields, ...values }: SentDeal, opportunity: Opportunity): readonly string[] {
  const missing = Object.entries(values).filter(([name, value]) => !sameValue(name, opportunity[name as keyof Opportunity], value));
  const lost = fields.filter((write) => !sameFieldValue(write.field, dealFieldValue(opportunity, write), write.value));
  return [...missing.map(([name]) => shownNames[name] ?? name), ...lost.map(({ field }) => field.key)];
}

/** The body of an update. */
export function dealBody({ fields, ...values }: SentDeal): UpdateOpportunity {
  return { ...values, ...(fields.length > 0 && { customFields: wireShapes(fields).customFields }) };
}

/** How much is sent. */
export function countOfDeal({ fields, ...values }: SentDeal): number {
  return Object.keys(values).length + fields.length;
}

function dealFieldValue({ customFields }: Opportunity, { field }: FieldWrite): unknown {
  return wireFieldValues(customFields).find(({ id }) => id === field.id)?.value;
}

function sameValue(name: string, before: unknown, value: unknown): boolean {
  if (name === "forecastExpectedCloseDate") return fieldDay(before) === fieldDay(value);
  if (typeof value === "number") return (before ?? 0) === value;
  return typeof before === "string" && typeof value === "string" ? before.trim() === value.trim() : before === value;
}
