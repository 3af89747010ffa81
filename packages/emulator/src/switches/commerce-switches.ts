import { resolveSwitches, type SwitchTable } from "./switch-table.ts";

/**
 * What sources answer differently, or not at all, about invoices, payments and products. Each has a default: what the stronger source says,
 * and where nothing is known the stricter answer.
 */
export interface CommerceOptions {
  /** `record-payment` above the amount due is refused, cut to what is due, or taken as it is. @default "refuse" */
  readonly overpayment?: "refuse" | "cap" | "accept";
  /** `record-payment` on a draft: two integrators record payments on invoices that they just created. @default "accept" */
  readonly draftPayment?: "accept" | "refuse";
  /** `record-payment` with `mode: cash` needs a `card`: one integrator sends a dummy, another sends none. @default "no" */
  readonly cashNeedsCard?: "no" | "yes";
  /** `notes` of `record-payment`: two integrators leave them out, the documents require them. @default "optional" */
  readonly paymentNotes?: "optional" | "required";
  /** An invoice under a number that another one has. @default "refuse" */
  readonly duplicateInvoiceNumber?: "refuse" | "accept";
  /** Whether `generate-invoice-number` reserves the number that it gives. @default "free" */
  readonly generatedNumber?: "free" | "reserved";
  /** After the invoice with the highest number was deleted, the next number, or that one again. @default "next" */
  readonly numberAfterDelete?: "next" | "reuse";
  /** Voiding an invoice that is paid in part. @default "accept" */
  readonly voidPartiallyPaid?: "accept" | "refuse";
  /** Voiding a paid invoice. @default "refuse" */
  readonly voidPaid?: "refuse" | "accept";
  /** Which invoices may be deleted: those without payments, drafts alone, or any. @default "unpaid" */
  readonly deleteInvoice?: "unpaid" | "draft" | "any";
  /** A created invoice is the answer itself, or stands in `{ invoice }`, as one client reads it. @default "flat" */
  readonly createAnswer?: "flat" | "wrapped";
  /** `userId` of `text2pay`: one integrator left it out, the documents require it. @default "required" */
  readonly textToPayUser?: "required" | "optional";
  /** Where sums are rounded half up. @default "per-sum" */
  readonly rounding?: "per-sum" | "per-line";
  /** Taxes are due on the price less the discount, or on the whole price. @default "before-tax" */
  readonly discountOrder?: "before-tax" | "after-tax";
  /** Sums in currencies without a minor unit: whole units, or two places as in others. @default "whole" */
  readonly zeroDecimals?: "whole" | "cents";
  /** Lines of estimates below 0.10: taken since November 2025, refused before. @default "accept" */
  readonly zeroPrice?: "accept" | "refuse";
  /** What a late fee per cent is a part of. @default "total" */
  readonly lateFeeBase?: "total" | "due";
  /** Whom `minimumPercentagePartialPayment` binds: customers, or `record-payment`, too. @default "customer" */
  readonly partialMinimum?: "customer" | "everyone";
  /**
   * Days, amounts and e-mails of invoices, estimates and prices that are none: 422, or taken as they are. Impossible days, times in the place
   * of days, negative amounts, and payments of less than the currency's smallest unit. @default "checked"
   */
  readonly details?: "checked" | "any";
  /** Prices are read with `type` and `priceType`, or with `priceType` alone. @default "beside-type" */
  readonly priceType?: "beside-type" | "instead";
  /** Unit of `productDetails[].prices[].amount` in the messages to a payment provider. @default "minor" */
  readonly providerPrices?: "minor" | "major";
  /** What the invoice page takes from the frame of a payment provider: JSON text, as several integrators report, or objects, too. @default "text" */
  readonly providerMessages?: "text" | "any";
}

/** Every switch with its value. */
export type CommerceChoices = Readonly<Required<CommerceOptions>>;

/** The switches by name. */
export const commerceSwitches: SwitchTable<CommerceChoices> = {
  overpayment: { values: ["refuse", "cap", "accept"], evidence: "inferred" },
  draftPayment: { values: ["accept", "refuse"], evidence: "reported" },
  cashNeedsCard: { values: ["no", "yes"], evidence: "reported" },
  paymentNotes: { values: ["optional", "required"], evidence: "reported" },
  duplicateInvoiceNumber: { values: ["refuse", "accept"], evidence: "inferred" },
  generatedNumber: { values: ["free", "reserved"], evidence: "inferred" },
  numberAfterDelete: { values: ["next", "reuse"], evidence: "inferred" },
  voidPartiallyPaid: { values: ["accept", "refuse"], evidence: "inferred" },
  voidPaid: { values: ["refuse", "accept"], evidence: "inferred" },
  deleteInvoice: { values: ["unpaid", "draft", "any"], evidence: "inferred" },
  createAnswer: { values: ["flat", "wrapped"], evidence: "documented" },
  textToPayUser: { values: ["required", "optional"], evidence: "documented" },
  rounding: { values: ["per-sum", "per-line"], evidence: "inferred" },
  discountOrder: { values: ["before-tax", "after-tax"], evidence: "documented" },
  zeroDecimals: { values: ["whole", "cents"], evidence: "inferred" },
  zeroPrice: { values: ["accept", "refuse"], evidence: "reported" },
  lateFeeBase: { values: ["total", "due"], evidence: "inferred" },
  partialMinimum: { values: ["customer", "everyone"], evidence: "documented" },
  details: { values: ["checked", "any"], evidence: "inferred" },
  priceType: { values: ["beside-type", "instead"], evidence: "reported" },
  providerPrices: { values: ["minor", "major"], evidence: "documented" },
  providerMessages: { values: ["text", "any"], evidence: "reported" },
};

/** Defaults, and what was chosen. @throws BoundsError for a switch or a value that there is not */
export function resolveCommerce(chosen: CommerceOptions = {}): CommerceChoices {
  return resolveSwitches("commerce", commerceSwitches, chosen);
}
