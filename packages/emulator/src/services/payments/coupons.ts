import { badRequest } from "../../http/refusal.ts";
import { recordsOf } from "../../resources/record-store.ts";
import { resource, type ResourceDeclaration } from "../../resources/resource.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import { nowIso, type Call } from "../../call/call.ts";

const coupons = "/payments/coupon";

/** Coupons. Their status follows the clock. */
export const couponResource: ResourceDeclaration = resource(coupons, {
  create(input, call) {
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
  view: (record, call) => ({ status: statusOf(record, call) }),
  filters: { status: (fields, value, call) => couponStatus(fields, nowIso(call)) === value },
  pageSize: 100,
});

function refuseTaken(code: unknown, call: Call): void {
  if (recordsOf(call, coupons).some(({ fields }) => fields["code"] === code))
    throw badRequest(`Coupon with code ${String(code)} already exists`);
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
