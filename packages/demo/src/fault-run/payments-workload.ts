import type { CustomerState, SellerState } from "@ghlkit/app-payments/view";
import { below, inParallel, openStaff, type CreateWorkload } from "./fault-world.ts";
import { openPatientPerson, type PatientPerson } from "./patient-person.ts";
import { counted, differences, recordsOf, resourcesOf, textOf, type PlatformRecord } from "./platform-records.ts";
import { until } from "./until.ts";

const [quotes, atATime] = [14, 4];
const paidCard = "4242424242424242";
const declinedCard = "4000000000000002";

interface Sale {
  readonly id: string;
  readonly path: string;
  readonly email: string;
  readonly totalMinor: number;
}

/** Quotes are made, accepted from two tabs, and paid in parts from two devices; some cards are declined. */
export const createPaymentsWorkload: CreateWorkload = (world) => {
  const { emulator, locationId, app, progress } = world;
  const sales: Sale[] = [];

  async function sell(seller: PatientPerson, at: number): Promise<Sale> {
    const totalMinor = 5000 + below(world, 50_000);
    const email = `buyer${at}@example.com`;
    const form = { name: `Buyer${at} Last`, email, currency: "USD", line1: "Workshop", quantity1: "1", price1: inMajor(totalMinor) };
    const { id } = await seller.send<{ readonly id: string }>("/quotes", form);
    const { link = "" } = await seller.state<SellerState>(`/?id=${id}`);
    const customer = await openPatientPerson(app.url, async () => link);
    const [, , , quote = "", signature = ""] = link.split("/");
    await reached(customer, "offered");
    await Promise.all([1, 2].map(() => customer.send("/q/accept", { quote, signature })));
    await reached(customer, "due");
    if (at % 5 === 0) await pay(customer, { quote, signature }, inMajor(totalMinor), declinedCard);
    const parts = partsOf(totalMinor, 1 + below(world, 3));
    for (const part of parts) await pay(customer, { quote, signature }, inMajor(part), paidCard);
    await reached(customer, "paid");
    return { id, path: link, email, totalMinor };
  }

  /** The page that returns asks twice, as two devices do. */
  async function pay(customer: PatientPerson, link: object, amount: string, card: string): Promise<void> {
    const started = await customer.send<Readonly<Record<string, unknown>>>("/q/pay", { ...link, amount });
    const charge = { transactionId: started["attempt"], card, ...started };
    const send = (): Promise<Response | undefined> =>
      fetch(`${app.url()}/provider/${locationId}/charges`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(charge),
      }).catch(() => undefined);
    await until(
      send,
      (answer) => answer?.ok === true,
      (answer) => `The charge fails: ${answer?.status}.`,
    );
    const check = { ...link, attempt: started["attempt"] };
    const ask = async (): Promise<string | undefined> =>
      (await Promise.all([1, 2].map(() => customer.send<{ readonly standing: string }>("/q/check", check))))[0]?.standing;
    await until(
      ask,
      (standing) => standing === (card === paidCard ? "paid" : "declined"),
      (standing) => `The payment is ${standing}.`,
    );
  }

  function partsOf(totalMinor: number, count: number): readonly number[] {
    const parts: number[] = [];
    for (let left = totalMinor, at = count; at > 0; at -= 1) {
      const part = at === 1 ? left : 1 + below(world, left - at);
      parts.push(part);
      left -= part;
    }
    return parts;
  }

  return {
    name: "payments",
    total: quotes,
    async prepare() {},
    async play() {
      const seller = await openStaff(world);
      await inParallel(
        Array.from({ length: quotes }, (_, at) => at),
        atATime,
        async (at) => {
          sales.push(await sell(seller, at));
          progress();
        },
      );
    },
    async compare() {
      const { rows, flags } = await (await openStaff(world)).state<SellerState>();
      const invoices = resourcesOf(emulator, "/invoices", locationId);
      const transactions = resourcesOf(emulator, "/payments/transactions", locationId);
      const estimates = resourcesOf(emulator, "/invoices/estimate", locationId).filter(({ name }) => textOf(name).startsWith("Quote "));
      const deals = recordsOf(emulator, "opportunities", locationId);
      const messages = recordsOf(emulator, "messages", locationId);
      const shown = rows.map(({ id, status, total, due }) => [id, { status, total, due }] as const);
      const kept = invoices.map((one) => [one.id, shownOf(one)] as const);
      const problems = [
        ...differences("invoice", new Map(shown), new Map(kept)),
        ...counted("estimates", estimates.length, sales.length),
        ...flags.map(({ text }) => `flag: ${text}`),
      ];
      for (const { id, path, email, totalMinor } of sales) {
        const customer = await openPatientPerson(app.url, async () => path);
        const state = await customer.state<CustomerState>();
        const own = deals.filter(({ name }) => name === `Quote ${id}`);
        const [invoice, ...more] = invoices.filter(
          (one) => textOf((one["contactDetails"] as PlatformRecord | undefined)?.["email"]) === email,
        );
        const received = transactions.filter((one) => one["entityId"] === invoice?.id && one["status"] === "succeeded");
        const receipts = messages.filter(
          (one) =>
            textOf((one["email"] as PlatformRecord | undefined)?.["subject"]) === "Your receipt" &&
            one["contactId"] === own[0]?.["contactId"],
        );
        problems.push(
          ...counted(`invoices of ${id}`, more.length + (invoice === undefined ? 0 : 1), 1),
          ...counted(
            `cents received for ${id}`,
            received.reduce((sum, one) => sum + Math.round(Number(one["amount"]) * 100), 0),
            totalMinor,
          ),
          ...counted(`cents paid of ${id}`, Math.round(Number(invoice?.["amountPaid"]) * 100), totalMinor),
          ...differences(
            "payment",
            new Map(state.payments.map((payment) => [payment.id, payment.amount])),
            new Map(received.map((one) => [one.id, inDollars(Number(one["amount"]))])),
          ),
          ...counted(`deals of ${id}`, own.length, 1),
          ...counted(`won deals of ${id}`, own.filter(({ status }) => status === "won").length, 1),
          ...counted(`receipts of ${id}`, receipts.length, 1),
        );
        if (state.stage !== "paid") problems.push(`the page of ${id} says ${state.stage}`);
      }
      return problems;
    },
  };

  async function reached(customer: PatientPerson, stage: CustomerState["stage"]): Promise<void> {
    await until(
      () => customer.state<CustomerState>(),
      (state) => state.stage === stage,
      (state) => `The page of the customer stays at ${state.stage}.`,
    );
  }
};

function shownOf(invoice: PlatformRecord): { readonly status: string; readonly total: string; readonly due: string } {
  const [total, due] = [Number(invoice["total"]), Number(invoice["amountDue"])];
  return { status: textOf(invoice["status"]).replaceAll("_", " "), total: inDollars(total), due: inDollars(due) };
}

function inMajor(minor: number): string {
  return (minor / 100).toFixed(2);
}

function inDollars(amount: number): string {
  return new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(amount);
}
