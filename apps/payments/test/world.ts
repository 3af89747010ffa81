import type { Environment } from "@ghlkit/app-kit/server";
import { openPerson, type Person } from "@ghlkit/app-kit/story";
import { openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import type { Clock } from "@ghlkit/core";
import type { Page } from "playwright-core";
import { startPayments, type Payments } from "../src/server.ts";
import type { CustomerState, SellerState } from "../src/view.ts";

export interface World extends AppUnderTest<Payments> {
  /** Of the emulator. */
  readonly platformUrl: string;
}

export async function openWorld(prepare?: (emulator: World["emulator"]) => void): Promise<World> {
  let platformUrl = "";
  const start = (env: Environment, clock?: Clock): Promise<Payments> => {
    platformUrl = env["GHL_BASE_URL"] ?? "";
    return startPayments(env, clock);
  };
  const world = await openApp(start, prepare && { prepare });
  return { ...world, platformUrl };
}

export const workshop = {
  name: "Grace Hopper",
  email: "grace@example.com",
  currency: "USD",
  line1: "Workshop",
  quantity1: "1",
  price1: "100.00",
};

/** A quote that went out. */
export interface Offered {
  readonly id: string;
  /** The private page. */
  readonly path: string;
  readonly proof: { readonly quote: string; readonly signature: string };
}

export const sellerOf = (world: World): Promise<Person> => openPerson(world.url, world.app.served.link(world.locationId));

let people = 0;

/** To a person of its own, unless the form names one: the location takes one opportunity of a contact. */
export async function offer(world: World, form: object = {}): Promise<Offered> {
  people += 1;
  const seller = await sellerOf(world);
  const { id } = await seller.send<{ readonly id: string }>("/quotes", { ...workshop, email: `grace${people}@example.com`, ...form });
  const { link: path = "" } = await seller.until<SellerState>(
    ({ rows }) => rows.some((row) => row.id === id && row.status === "offered"),
    `/?id=${id}`,
  );
  const [, , , quote = "", signature = ""] = path.split("/");
  return { id, path, proof: { quote, signature } };
}

/** A quote that was accepted: its invoice is sent. */
export async function bill(world: World, form: object = {}): Promise<Offered & { readonly invoiceId: string; readonly customer: Person }> {
  const offered = await offer(world, form);
  const customer = await openPerson(world.url, offered.path);
  await customer.send("/q/accept", offered.proof);
  await customer.until<CustomerState>(({ stage }) => stage === "due");
  const quote = await world.app.shop(world.locationId).quotes.get(offered.id);
  return { ...offered, customer, invoiceId: quote?.invoiceId ?? "" };
}

/** Pays on the customer's page: the amount, then the test card in the frame. */
export async function pay(
  page: Page,
  { amount, card = "4242424242424242" }: { readonly amount?: string; readonly card?: string } = {},
): Promise<void> {
  if (amount !== undefined) await page.getByLabel("Amount in USD").fill(amount);
  await page.getByRole("button", { name: "Pay", exact: true }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByLabel("Test card").selectOption(card);
  await frame.getByRole("button", { name: /^Pay / }).click();
}

/** What the page in the frame sends: a charge of the test card. */
export async function charge({ url, locationId }: World, payment: object): Promise<unknown> {
  const body = JSON.stringify({ ...payment, card: "4242424242424242" });
  const headers = { "content-type": "application/json" };
  return (await fetch(`${url}/provider/${locationId}/charges`, { method: "POST", headers, body })).json();
}

/** Amounts of the transactions that the platform has of an invoice. */
export async function transactionsOf({ app, locationId }: World, invoiceId: string): Promise<readonly number[]> {
  const amounts: number[] = [];
  for await (const { amount } of app.shop(locationId).billing.transactions({ paysFor: invoiceId })) amounts.push(amount.minor);
  return amounts;
}

export async function invoiceOf({ app, locationId }: World, invoiceId: string): Promise<{ readonly status: string; readonly due: number }> {
  const { status = "", amountDue = 0 } = await app.shop(locationId).location.invoices.get({ invoiceId }, { fresh: true });
  return { status, due: amountDue };
}

/** E-mails with a subject that the platform was asked to send. */
export function mails({ emulator }: World, subject: string): number {
  return emulator
    .requests()
    .filter(
      ({ operation, status, body }) => operation === "conversations.sendMessage" && status < 300 && JSON.stringify(body).includes(subject),
    ).length;
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
