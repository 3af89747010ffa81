import { expectTypeOf, test } from "vitest";
import type {
  CreateInvoiceResult,
  Ledger,
  RecordPaymentResult,
  RecurringResult,
  SendInvoiceResult,
  UpdateInvoiceResult,
} from "../../src/billing/index.ts";
import type { PlatformMessage, ProviderReport } from "../../src/billing/index.ts";

test("every outcome is known, and a switch over them narrows", () => {
  expectTypeOf<RecordPaymentResult["outcome"]>().toEqualTypeOf<"recorded" | "overpaid" | "refused" | "unknown">();
  expectTypeOf<CreateInvoiceResult["outcome"]>().toEqualTypeOf<"created" | "refused" | "unknown">();
  expectTypeOf<UpdateInvoiceResult["outcome"]>().toEqualTypeOf<"updated" | "unchanged" | "refused">();
  expectTypeOf<SendInvoiceResult["outcome"]>().toEqualTypeOf<"sent" | "refused" | "unknown">();
  expectTypeOf<RecurringResult["outcome"]>().toEqualTypeOf<"started" | "refused" | "unknown">();
  expectTypeOf<Ledger["outcome"]>().toEqualTypeOf<"balanced" | "different">();
  const read = (result: RecordPaymentResult): number => {
    switch (result.outcome) {
      case "recorded":
        return result.invoice.due.minor;
      case "overpaid":
        return result.due.minor;
      case "refused":
        return result.message.length;
      case "unknown":
        return result.probeAfterMs;
    }
  };
  void read;
});

test("messages narrow by their type", () => {
  const amountOf = (message: PlatformMessage): number => (message.type === "payment_initiate_props" ? message.amount : 0);
  const textOf = (report: ProviderReport): string => (report.type === "custom_element_error_response" ? report.error.description : "");
  // @ts-expect-error a setup has no amount
  const wrong = (message: PlatformMessage): number => message.amount;
  void [amountOf, textOf, wrong];
});

test("an amount is no bare number", () => {
  // @ts-expect-error the currency and the unit are missing
  const payment: RecordPaymentResult & { readonly outcome: "overpaid" } = { outcome: "overpaid", due: 12.5, invoice: {} as never };
  void payment;
});
