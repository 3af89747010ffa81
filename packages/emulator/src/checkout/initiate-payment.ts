import Big from "big.js";
import { BoundsError } from "../bounds/check-value.ts";
import { digitsOf, exact } from "../commerce/amounts.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";
import { providerOf, type PaymentProvider } from "./payment-provider.ts";
import { startPayment } from "./settle-payment.ts";

/** A payment that waits for what the provider's page says. */
export interface InitiatedPayment {
  readonly transactionId: string;
  readonly paymentsUrl: string;
  /** The message that the page in the frame gets. */
  readonly props: Fields;
}

/** Begins a payment with the location's provider: its transaction is there, pending, before any charge. @throws BoundsError */
export function initiatePayment(world: World, paid: ResourceRecord, amount: number | undefined): InitiatedPayment {
  const provider = providerOf(world, paid);
  if (provider === undefined) throw new BoundsError("The location has no payment provider with keys for this mode.");
  const transaction = startPayment(world, paid, amount, "custom_provider");
  return { transactionId: transaction.recordId, paymentsUrl: provider.paymentsUrl, props: propsOf(world, paid, transaction, provider) };
}

/** As one integrator recorded it, beside what the documents list. */
function propsOf({ options }: World, paid: ResourceRecord, transaction: ResourceRecord, { publishableKey }: PaymentProvider): Fields {
  const isInvoice = paid.resource === "/invoices";
  const contact = ((isInvoice ? paid.fields["contactDetails"] : paid.fields["contactSnapshot"]) ?? {}) as Fields;
  const items = (paid.fields["invoiceItems"] ?? paid.fields["items"] ?? []) as readonly Fields[];
  const currency = String(paid.fields["currency"] ?? "USD");
  return {
    type: "payment_initiate_props",
    publishableKey,
    amount: transaction.fields["amount"],
    currency: currency.toLowerCase(),
    mode: "payment",
    productDetails: items.map((item) => productOf(item, currency, options.commerce.providerPrices)),
    contact: {
      id: contact["id"] ?? "",
      name: contact["name"] ?? "",
      email: contact["email"] ?? "",
      contact: contact["phoneNo"] ?? contact["phone"] ?? "",
      shippingAddress: contact["address"] ?? {},
    },
    orderId: isInvoice ? "" : paid.recordId,
    invoiceId: isInvoice ? paid.recordId : "",
    transactionId: transaction.recordId,
    subscriptionId: "",
    locationId: paid.locationId,
    name: String(paid.fields["name"] ?? ""),
    description: "",
    image: "",
    language: "en",
  };
}

function productOf(item: Fields, currency: string, unit: "minor" | "major"): Fields {
  const amount = exact(item["amount"]);
  const shown = unit === "minor" ? amount.times(new Big(10).pow(digitsOf(currency))) : amount;
  const price = { _id: item["priceId"] ?? "", currency, amount: shown.toNumber(), type: item["type"] ?? "one_time" };
  const { productId = "", name, qty = 1 } = item;
  return { productId, priceId: item["priceId"] ?? "", name, qty, prices: [price] };
}
