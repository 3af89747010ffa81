import { describe, expect, test } from "vitest";
import { invoiceTotals } from "../../../src/services/invoices/invoice-totals.ts";

const line = (qty: number, amount: number, more: object = {}): object => ({ qty, amount, ...more });

describe("invoiceTotals", () => {
  test("adds lines, takes the discount, taxes what is left", () => {
    const items = [line(2, 50, { taxes: [{ rate: 10 }] }), line(1, 20)];
    expect(invoiceTotals({ items, discount: { type: "percentage", value: 10 }, currency: "USD" })).toEqual({
      subTotal: 120,
      discount: 12,
      tax: 9,
      includedTax: 0,
      total: 117,
    });
  });

  test("a fixed discount is never more than the lines it is for", () => {
    const items = [line(1, 10, { productId: "a" }), line(1, 90, { productId: "b" })];
    const discount = { type: "fixed", value: 50, validOnProductIds: ["a"] };
    expect(invoiceTotals({ items, discount, currency: "USD" })).toMatchObject({ discount: 10, total: 90 });
  });

  test("taxes that are included and currencies without a minor unit", () => {
    const taxed = [line(1, 110, { taxInclusive: true, taxes: [{ rate: 10 }] })];
    expect(invoiceTotals({ items: taxed, discount: undefined, currency: "USD" })).toMatchObject({ tax: 0, total: 110 });
    expect(invoiceTotals({ items: [line(1, 99.5)], discount: undefined, currency: "JPY" }).total).toBe(100);
  });

  test("no discount takes more than there is", () => {
    for (const discount of [
      { type: "percentage", value: 200 },
      { type: "fixed", value: 1000 },
    ]) {
      expect(invoiceTotals({ items: [line(3, 33.33)], discount, currency: "USD" })).toMatchObject({
        subTotal: 99.99,
        discount: 99.99,
        total: 0,
      });
    }
  });

  test("half a cent goes up", () => {
    expect(invoiceTotals({ items: [line(1, 1.005)], discount: undefined, currency: "USD" }).total).toBe(1.01);
  });
});
