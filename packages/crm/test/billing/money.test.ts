import { describe, expect, it } from "vitest";
import {
  addMoney,
  compareMoney,
  formatMoney,
  majorText,
  minorMoney,
  money,
  readMoney,
  subtractMoney,
  wireMoney,
} from "../../src/billing/index.ts";

describe("money", () => {
  it("is exact where binary fractions are not", () => {
    const tenth = money("0.10", "USD");
    expect(addMoney(tenth, tenth, tenth)).toEqual(money("0.30", "usd"));
    expect(subtractMoney(money(1.1, "USD"), money(0.9, "USD"))).toEqual({ minor: 20, currency: "USD" });
    expect(readMoney("invoice.amounts", 0.1 + 0.2, "USD")).toEqual(money("0.30", "USD"));
  });

  it("has the digits of its currency", () => {
    expect(money("1200", "JPY")).toEqual({ minor: 1200, currency: "JPY" });
    expect(money("1.234", "KWD").minor).toBe(1234);
    expect(majorText(minorMoney(-5, "USD"))).toBe("-0.05");
    expect(formatMoney(minorMoney(123_456, "EUR"), "en")).toBe("€1,234.56");
    for (const amount of ["1.5", "0.001"]) expect(() => money(amount, amount === "1.5" ? "JPY" : "USD")).toThrow(/more digits/);
  });

  it("refuses what is no amount, no currency, or two currencies", () => {
    for (const amount of ["", "ten", "1,50", Number.NaN, Infinity]) expect(() => money(amount, "USD")).toThrow(/no amount/);
    for (const currency of ["", "US", "DOLLAR", "U$D"]) expect(() => money(1, currency)).toThrow(/no currency/);
    expect(() => minorMoney(1.5, "USD")).toThrow(/no whole number/);
    expect(() => addMoney(money(1, "USD"), money(1, "EUR"))).toThrow(/do not add up/);
    expect(() => compareMoney(money(1, "USD"), money(1, "EUR"))).toThrow(/do not add up/);
  });

  it("goes over the wire in the unit of its place", () => {
    const amount = money("80.05", "USD");
    expect(wireMoney("invoice.recordPayment.amount", amount)).toBe(80.05);
    expect(wireMoney("provider.verify.snapshot", amount)).toBe(8005);
    expect(readMoney("provider.webhook.snapshot", 8005, "usd")).toEqual(amount);
  });
});
