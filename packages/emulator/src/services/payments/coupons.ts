import { recordsOf } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { nowIso, type Call } from "../../call/call.ts";
import { paymentsRefusal } from "./payments-refusal.ts";

const coupons = "/payments/coupon";

/** Coupons. Their status follows the clock. */
export const couponResource: ResourceDeclaration = resource(coupons, {
  create(input, call) {
    refuseCode(input["code"]);
    refuseTaken(input["code"], call);
    return {
      usageCount: 0,
      applyToFuturePayments: true,
      applyToFuturePaymentsConfig: { type: "forever" },
      limitPerCustomer: false,
      ...input,
    };
  },
  change(before, input, call) {
    if (input["code"] !== before["code"]) refuseTaken(input["code"], call);
    return { ...before, ...input };
  },
  unknown: () => paymentsRefusal(404, "Coupon not found"),
  view: (record, call) => ({ status: statusOf(record, call) }),
  filters: { status: (fields, value, call) => couponStatus(fields, nowIso(call)) === value },
  pageSize: 100,
});

/** @throws Refusal 400 for other signs than letters and digits */
function refuseCode(code: unknown): void {
  if (!/^[A-Za-z0-9]+$/.test(String(code))) throw paymentsRefusal(400, "Coupon code must be alphanumeric", "documented");
}

function refuseTaken(code: unknown, call: Call): void {
  if (recordsOf(call, coupons).some(({ fields }) => fields["code"] === code))
    throw paymentsRefusal(400, `Coupon with code ${String(code)} already exists`);
}

function statusOf({ fields }: ResourceRecord, call: Call): string {
  return couponStatus(fields, nowIso(call));
}

/** `scheduled` before its start, `expired` after its end. */
export function couponStatus({ startDate, endDate }: Fields, now: string): string {
  const at = Date.parse(now);
  if (Date.parse(String(startDate)) > at) return "scheduled";
  return endDate !== undefined && Date.parse(String(endDate)) <= at ? "expired" : "active";
}
