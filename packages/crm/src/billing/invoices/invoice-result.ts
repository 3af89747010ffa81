import type { InvalidField } from "@ghlkit/core";
import type { Estimate } from "../estimate.ts";
import type { Invoice } from "../invoice.ts";

/** The platform does not take it. Nothing was changed. */
export interface InvoiceRefused {
  readonly outcome: "refused";
  /** `invoiced`: the estimate was made an invoice before. `closed`: a paid or void invoice is not edited or sent. `invalid`: see `fields`. `platform`: see `message`. */
  readonly why: "not_found" | "invoiced" | "closed" | "invalid" | "platform";
  readonly message: string;
  /** Of `invalid`: what the platform says of each field. */
  readonly fields: readonly InvalidField[];
}

/** It is not known whether it happened. Call again with the key after that time. */
export interface InvoiceUnknown {
  readonly outcome: "unknown";
  readonly probeAfterMs: number;
}

/** What became of a new invoice. `invoice` is as it was created. */
export type CreateInvoiceResult =
  | { readonly outcome: "created"; readonly how: "now" | "before" | "found"; readonly invoice: Invoice }
  | InvoiceRefused
  | InvoiceUnknown;

/** What became of a new estimate. `estimate` is as it was created. */
export type CreateEstimateResult =
  | { readonly outcome: "created"; readonly how: "now" | "before" | "found"; readonly estimate: Estimate }
  | InvoiceRefused
  | InvoiceUnknown;

/** What became of an edit. */
export type UpdateInvoiceResult = { readonly outcome: "updated" | "unchanged"; readonly invoice: Invoice } | InvoiceRefused;

/** What became of sending. `invoice` is as it was sent. */
export type SendInvoiceResult =
  | { readonly outcome: "sent"; readonly how: "now" | "before" | "found"; readonly invoice: Invoice }
  | InvoiceRefused
  | InvoiceUnknown;
