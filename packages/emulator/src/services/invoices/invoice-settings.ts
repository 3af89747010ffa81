import { resource, type ResourceDeclaration } from "../../resources/resource.ts";

const notifications: readonly string[] = [
  "customerSendInvoice",
  "teamPaymentSuccess",
  "customerPaymentSuccess",
  "teamAutoPaymentSuccess",
  "customerAutoPaymentSuccess",
  "teamPaymentFailure",
  "customerPaymentFailure",
];

/** Settings of invoices and estimates: changed on screens, read by the API. */
export const invoiceSettings: ResourceDeclaration = resource("/invoices/settings", {
  idStyle: "object",
  initial: () => ({
    title: "INVOICE",
    estimatesTitle: "ESTIMATE",
    termsNote: "",
    estimatesTermsNote: "",
    invoiceNumberPrefix: "INV-",
    estimateNumberPrefix: "EST-",
    dueAfterXDays: 7,
    estimatesExpireAfterXDays: 30,
    minimumPercentagePartialPayment: 0,
    customFields: [],
    customNotification: Object.fromEntries(notifications.map((name) => [name, { enabled: true, emailTemplate: "", smsTemplate: "" }])),
  }),
});
