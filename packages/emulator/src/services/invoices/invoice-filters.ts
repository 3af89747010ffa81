import type { ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";

/** Parameters of the lists of invoices, estimates, schedules and templates. */
export const invoiceSearch: NonNullable<ResourceDeclaration["filters"]> = {
  paymentMode: (fields, value) => value === "default" || (fields["liveMode"] !== false) === (value === "live"),
  contactId: (fields, value) => (fields["contactDetails"] as Fields | undefined)?.["id"] === value,
};
