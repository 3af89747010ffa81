import type { EventFields } from "../platform-event.ts";
import type { EventSampleContext, EventSamples } from "./sample-context.ts";

type CommerceKind =
  | `Invoice${"Create" | "Update" | "Delete" | "Void" | "Sent" | "Paid" | "PartiallyPaid"}`
  | `Order${"Create" | "StatusUpdate"}`
  | `Product${"Create" | "Update" | "Delete"}`
  | `Price${"Create" | "Update" | "Delete"}`;

function invoice({ seed, ids, now }: EventSampleContext): EventFields<"InvoiceCreate"> {
  return {
    _id: ids.object(),
    status: "draft",
    liveMode: false,
    altId: seed.locationId,
    altType: "location",
    name: "Cleaning",
    title: "INVOICE",
    invoiceNumber: "1001",
    currency: "USD",
    total: 120,
    amountPaid: 0,
    amountDue: 120,
    issueDate: now.slice(0, 10),
    dueDate: now.slice(0, 10),
    businessDetails: { name: "Harbour Dental", address: "1 Main Street", phoneNo: "+12025550100", website: "https://example.com" },
    contactDetails: { id: ids.record(), name: "Ada Lovelace", email: "ada@example.com", phoneNo: "+12025550123" },
    discount: { type: "percentage", value: 0 },
    invoiceItems: [{ _id: ids.object(), name: "Cleaning", currency: "USD", qty: 1, amount: 120, taxes: [] }],
    totalSummary: { subTotal: 120, discount: 0 },
    createdAt: now,
    updatedAt: now,
  };
}

function order({ seed, ids, now }: EventSampleContext): EventFields<"OrderCreate"> {
  const contactId = ids.record();
  return {
    _id: ids.object(),
    altId: seed.locationId,
    altType: "location",
    contactId,
    contactSnapshot: { id: contactId, locationId: seed.locationId, name: "Ada Lovelace", email: "ada@example.com", tags: [], dnd: false },
    status: "pending",
    fulfillmentStatus: "unfulfilled",
    currency: "USD",
    amount: 25,
    liveMode: false,
    items: [{ name: "Brush", qty: 1, price: { _id: ids.object(), name: "Once", type: "one_time", currency: "USD", amount: 25 } }],
    amountSummary: { subtotal: 25, discount: 0, tax: 0, shipping: 0 },
    taxSummary: [],
    source: { type: "funnel", subType: "one_step_order_form", id: ids.record(), name: "Shop" },
    createdAt: now,
    updatedAt: now,
  };
}

function product({ seed, ids, now }: EventSampleContext): EventFields<"ProductCreate"> {
  return {
    _id: ids.object(),
    name: "Brush",
    description: "Soft",
    productType: "PHYSICAL",
    availableInStore: true,
    statementDescriptor: "BRUSH",
    variants: [{ id: ids.uuid(), name: "Colour", options: [{ id: ids.uuid(), name: "Blue" }] }],
    medias: [],
    image: "https://example.com/brush.png",
    userId: seed.users.admin,
    createdAt: now,
    updatedAt: now,
  };
}

function price({ seed, ids, now }: EventSampleContext): EventFields<"PriceUpdate"> {
  return {
    _id: ids.object(),
    product: ids.object(),
    name: "Once",
    currency: "USD",
    amount: 25,
    compareAtPrice: 30,
    variantOptionIds: [],
    membershipOffers: [],
    trackInventory: null,
    availableQuantity: 0,
    allowOutOfStockPurchases: true,
    userId: seed.users.admin,
    createdAt: now,
    updatedAt: now,
  };
}

/** Invoices, orders, products and prices. */
export const commerceSamples: EventSamples<CommerceKind> = {
  InvoiceCreate: invoice,
  InvoiceUpdate: invoice,
  InvoiceDelete: invoice,
  InvoiceVoid: (context) => ({ ...invoice(context), status: "void" }),
  InvoiceSent: (context) => ({ ...invoice(context), status: "sent" }),
  InvoicePaid: (context) => ({ ...invoice(context), status: "paid", amountPaid: 120, amountDue: 0 }),
  InvoicePartiallyPaid: (context) => ({ ...invoice(context), status: "partially_paid", amountPaid: 50, amountDue: 70 }),
  OrderCreate: order,
  OrderStatusUpdate: (context) => ({ ...order(context), status: "completed" }),
  ProductCreate: product,
  ProductUpdate: product,
  ProductDelete: product,
  PriceCreate: (context) => ({ ...price(context), priceType: "one_time" }),
  // Here `type` of the documents is the kind of price, and that of the event is what the envelope says.
  PriceUpdate: price,
  PriceDelete: price,
};
