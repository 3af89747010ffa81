import type Big from "big.js";
import { digitsOf, exact, rounded } from "../../commerce/amounts.ts";
import type { CommerceChoices } from "../../switches/commerce-switches.ts";
import { badRequest, unprocessable } from "../../http/refusal.ts";
import { recordsIn } from "../../resources/record-store.ts";
import type { Fields, ResourceRecord } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { World } from "../../world.ts";
import { addTransaction, manualPayment } from "../payments/transactions.ts";
import { invoiceSums } from "./invoice-sums.ts";
import { refuseStatus } from "./invoice-status.ts";

/** The only way in which the API makes a transaction. @throws Refusal */
export function recordPayment(invoice: ResourceRecord, call: Call): Fields {
  const { world, body } = call;
  const { commerce } = world.options;
  refuseStatus(invoice, ["paid", "void"], "paid");
  if (commerce.draftPayment === "refuse") refuseStatus(invoice, ["draft"], "paid");
  refuseWayOfPaying(body, commerce);
  const due = exact(invoice.fields["amountDue"]);
  const asked = body["amount"] === undefined ? due : exact(body["amount"]);
  if (asked.lte(0)) throw badRequest("The amount must be greater than 0");
  if (commerce.details === "checked" && !asked.eq(rounded(asked, digitsOf(invoice.fields["currency"], commerce.zeroDecimals))))
    throw unprocessable(["amount must be a number conforming to the specified constraints"], "inferred");
  if (asked.gt(due) && commerce.overpayment === "refuse")
    throw badRequest(`The amount must be between 0 and the amount due, ${due.toFixed()}`);
  const tooSmall = commerce.partialMinimum === "everyone" ? belowMinimum(world, invoice, asked) : undefined;
  if (tooSmall !== undefined) throw badRequest(tooSmall);
  const amount = asked.gt(due) && commerce.overpayment === "cap" ? due : asked;
  addTransaction(world, invoice, manualPayment(body, amount.toNumber(), world.ids.object()));
  return paidFields(invoice, amount, commerce);
}

/** What a payment changes of an invoice: paid when nothing is due. */
export function paidFields({ fields }: ResourceRecord, amount: Big, choices: CommerceChoices): Fields {
  const digits = digitsOf(fields["currency"], choices.zeroDecimals);
  const amountPaid = rounded(exact(fields["amountPaid"]).plus(amount), digits).toNumber();
  const sums = invoiceSums({ ...fields, amountPaid }, choices);
  return { amountPaid, ...sums, status: sums["amountDue"] === 0 ? "paid" : "partially_paid" };
}

/** Why a part is too small for the location's settings; `undefined` when it is not. */
export function belowMinimum({ state }: World, invoice: ResourceRecord, amount: Big): string | undefined {
  const [settings] = recordsIn(state, { resource: "/invoices/settings", tenant: invoice.locationId ?? "", parents: [] });
  const percent = exact(settings?.fields["minimumPercentagePartialPayment"]);
  const isPart = amount.lt(exact(invoice.fields["amountDue"]));
  const isLess = amount.lt(exact(invoice.fields["total"]).times(percent).div(100));
  return isPart && isLess ? `A partial payment is at least ${percent.toFixed()} per cent of the total` : undefined;
}

/** @throws Refusal 422 for what a way of paying lacks. */
function refuseWayOfPaying(body: Fields, { cashNeedsCard, paymentNotes }: CommerceChoices): void {
  const missing = [
    ...(paymentNotes === "required" && body["notes"] === undefined ? ["notes should not be empty"] : []),
    ...(cashNeedsCard === "yes" && body["mode"] === "cash" && body["card"] === undefined ? ["card should not be empty"] : []),
  ];
  if (missing.length > 0) throw unprocessable(missing, "documented");
}
