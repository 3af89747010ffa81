import { resolveCommerce } from "../../switches/commerce-switches.ts";
import { summed } from "./invoice-sums.ts";
import type { Seeding } from "../service.ts";

/** An invoice in each state, estimates, templates and a schedule. */
export function seedInvoices({ sow, now }: Seeding): void {
  const businessDetails = {
    name: "Harbour Dental",
    phoneNo: "+12025550100",
    website: "https://example.com",
    address: { countryCode: "US" },
  };
  const contactDetails = { id: "formerContact0000001", name: "Mia Stone", phoneNo: "+12025550123", email: "mia.stone@example.com" };
  const line = { _id: "0000000000000000000000a1", name: "Check-up", qty: 1, amount: 80, currency: "USD", taxes: [], taxInclusive: false };
  const discount = { type: "percentage", value: 0 };
  const shared = { businessDetails, currency: "USD", discount, liveMode: true };
  const day = now.slice(0, 10);
  const invoice = { ...shared, contactDetails, title: "INVOICE", issueDate: day, dueDate: day, sentTo: { email: [contactDetails.email] } };
  for (const [index, [status, amountPaid]] of (
    [
      ["draft", 0],
      ["sent", 0],
      ["partially_paid", 30],
      ["paid", 80],
      ["void", 0],
    ] as const
  ).entries()) {
    const own = { name: `Check-up ${index + 1}`, invoiceNumber: String(index + 1), status, amountPaid, invoiceItems: [line] };
    sow("/invoices", summed({ ...invoice, ...own }, resolveCommerce()));
  }
  const history = { estimateActionHistory: [], frequencySettings: { enabled: false }, sentTo: { email: [contactDetails.email] } };
  for (const [index, estimateStatus] of ["draft", "sent", "accepted"].entries()) {
    const numbered = { estimateNumber: index + 1, estimateNumberPrefix: "EST-", title: "ESTIMATE", issueDate: now, expiryDate: now };
    sow("/invoices/estimate", {
      ...shared,
      ...numbered,
      ...history,
      contactDetails,
      name: "Braces",
      estimateStatus,
      items: [{ ...line, amount: 900 }],
    });
  }
  sow("/invoices/template", { ...shared, name: "Check-up", items: [line] });
  sow("/invoices/estimate/template", { ...shared, name: "Braces", items: [{ ...line, amount: 900 }] });
  const rrule = { intervalType: "monthly", interval: 1, startDate: day };
  sow("/invoices/schedule", {
    ...shared,
    contactDetails,
    name: "Care plan",
    status: "scheduled",
    schedule: { rrule },
    invoices: [],
    items: [{ ...line, amount: 29 }],
  });
}
