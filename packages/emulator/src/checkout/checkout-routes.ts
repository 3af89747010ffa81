import { Hono, type Context } from "hono";
import { BoundsError, checkNumber, checkObject, checkText } from "../bounds/check-value.ts";
import { readBytes } from "../bounds/read-bytes.ts";
import { isForeign } from "../http/foreign-origin.ts";
import { problemPage } from "../http/page.ts";
import { payInvoice } from "../act/pay.ts";
import type { World } from "../world.ts";
import { chargeStoredMethod, storedMethods } from "./stored-methods.ts";
import { initiatePayment } from "./initiate-payment.ts";
import { invoicePage } from "./invoice-page.ts";
import { receiveProviderWebhook } from "./provider-webhook.ts";
import { payable, type PaymentStatus } from "./settle-payment.ts";
import { verifyPayment } from "./verify-payment.ts";

const initiatePath = "/payments/custom-provider/initiate/invoice";
const webhookPath = "/payments/custom-provider/webhook";
const pages = /^\/invoice\/[^/?#]+/;

/** Whether a request is for the hosted invoice page, or for what only that page and payment providers call. */
export function isCheckout(url: string): boolean {
  const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  return pages.test(path) || path.startsWith(initiatePath) || path.startsWith(webhookPath);
}

/** The page on which a customer pays an invoice, on `link.fastpaydirect.com` and on every other host. */
export function createCheckoutRoutes(current: () => World): Hono {
  const app = new Hono();
  app.use(async ({ req }, next) => {
    if (req.method !== "GET" && isForeign(req.raw)) throw new BoundsError("Payments come from the page itself.", 403);
    await next();
  });
  app.get("/invoice/:id", ({ req }) => invoicePage(current(), req.param("id")));
  app.post(initiatePath, async (context) => {
    const body = await readJson(context);
    const invoice = payable(current(), "invoice", checkText("invoiceId", body["invoiceId"]));
    return context.json(initiatePayment(current(), invoice, amountOf(body)), 201);
  });
  app.post("/invoice/:id/verify", async (context) => {
    const body = await readJson(context);
    return context.json(
      await verified(current(), context, checkText("chargeId", body["chargeId"]), checkText("transactionId", body["transactionId"])),
    );
  });
  app.get("/invoice/:id/methods", async (context) => context.json({ methods: await storedMethods(current(), context.req.param("id")) }));
  app.post("/invoice/:id/charge", async (context) => {
    const body = await readJson(context);
    const method = checkText("paymentMethodId", body["paymentMethodId"]);
    return context.json(await chargeStoredMethod(current(), context.req.param("id"), method, amountOf(body)));
  });
  app.post("/invoice/:id/card", async (context) => {
    const amount = amountOf(await readJson(context));
    return context.json(await payInvoice(current(), context.req.param("id"), amount === undefined ? {} : { amount }));
  });
  app.post(webhookPath, async (context) => {
    const { status, body } = receiveProviderWebhook(current(), await readJson(context));
    return context.json(body, status);
  });
  app.onError((error, context) => {
    const status = error instanceof BoundsError ? error.status : 400;
    return context.req.method === "GET" ? problemPage(404, error.message) : context.json({ message: error.message }, status);
  });
  app.notFound(() => problemPage(404, "There is no such page."));
  return app;
}

/** Looks again at a payment of the invoice; of another one it says nothing. */
async function verified(
  world: World,
  context: Context,
  chargeId: string,
  transactionId: string,
): Promise<{ readonly status: PaymentStatus }> {
  const transaction = await verifyPayment(world, transactionId, chargeId);
  if (transaction === undefined || transaction.fields["entityId"] !== context.req.param("id"))
    throw new BoundsError("The invoice has no such payment.");
  return { status: transaction.fields["status"] as PaymentStatus };
}

const mostBytes = 65_536;

async function readJson({ req }: Context): Promise<Readonly<Record<string, unknown>>> {
  const text = new TextDecoder().decode(await readBytes(req.raw, mostBytes));
  try {
    return checkObject("The body", JSON.parse(text));
  } catch (error) {
    throw error instanceof BoundsError ? error : new BoundsError("The body is JSON.");
  }
}

function amountOf({ amount }: Readonly<Record<string, unknown>>): number | undefined {
  return amount === undefined ? undefined : checkNumber("amount", amount, { from: 0, to: Number.MAX_SAFE_INTEGER });
}
