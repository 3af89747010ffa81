import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { PlatformEvent } from "../../webhooks/platform-event.ts";
import { invoices } from "./invoices.ts";

/** Events of an invoice; estimates, templates and schedules have none. */
export function invoiceChanges(before: ResourceRecord | undefined, after: ResourceRecord | undefined): readonly PlatformEvent[] {
  const record = after ?? before;
  if (record?.resource !== invoices || record.locationId === undefined) return [];
  if (before !== undefined && after !== undefined && isSilent(before.fields, after.fields)) return [];
  const { locationId, recordId, createdAt, updatedAt, fields } = record;
  const body: Fields = { _id: recordId, altId: locationId, altType: "location", ...fields, createdAt, updatedAt };
  return [{ kind: kindOf(before, after), locationId, fields: body }];
}

function kindOf(before: ResourceRecord | undefined, after: ResourceRecord | undefined): PlatformEvent["kind"] {
  if (before === undefined) return "InvoiceCreate";
  if (after === undefined) return "InvoiceDelete";
  if (after.fields["amountPaid"] !== before.fields["amountPaid"])
    return after.fields["status"] === "paid" ? "InvoicePaid" : "InvoicePartiallyPaid";
  if (after.fields["status"] === before.fields["status"])
    return after.fields["sentAt"] === before.fields["sentAt"] ? "InvoiceUpdate" : "InvoiceSent";
  return after.fields["status"] === "void" ? "InvoiceVoid" : after.fields["status"] === "sent" ? "InvoiceSent" : "InvoiceUpdate";
}

/** That an invoice was looked at, or got a late fee, is in no event. */
function isSilent(before: Fields, after: Fields): boolean {
  if (before["lateFees"] !== after["lateFees"]) return true;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete("lastVisitedAt");
  return [...names].every((name) => before[name] === after[name]);
}
