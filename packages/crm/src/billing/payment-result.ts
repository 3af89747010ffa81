import type { Invoice } from "./invoice.ts";
import type { Money } from "./money.ts";

/** What became of a payment. */
export type RecordPaymentResult =
  /** `how`: `now`, `before` (an earlier call with the key recorded it), `found` (its answer was lost, and the transactions show it). `invoice` is as it was then. */
  | { readonly outcome: "recorded"; readonly how: "now" | "before" | "found"; readonly invoice: Invoice }
  /** More than `due` is left to pay. Nothing was recorded. */
  | { readonly outcome: "overpaid"; readonly due: Money; readonly invoice: Invoice }
  /** The invoice takes no payments, does not exist, or the platform refuses this one, see `message`. Nothing was recorded. */
  | { readonly outcome: "refused"; readonly why: "void" | "not_found" | "currency" | "platform"; readonly message: string }
  /** It is not known whether it was recorded. Call again with the key after that time: the transactions are looked at again. */
  | { readonly outcome: "unknown"; readonly probeAfterMs: number };
