import { openPerson, type Story } from "@ghlkit/app-kit/story";
import type { CustomerState, SellerState } from "./view.ts";

/** A quote is accepted, its invoice paid in two parts, and the opportunity is won. */
export const story: Story = async ({ url, link, say }) => {
  const seller = await openPerson(url, await link());
  const form = {
    name: "Grace Hopper",
    email: "grace@example.com",
    currency: "USD",
    line1: "Workshop",
    quantity1: "2",
    price1: "50.00",
    deposit: "40",
  };
  const { id } = await seller.send<{ readonly id: string }>("/quotes", form);
  const open = `/?id=${id}`;
  const { link: path = "" } = await seller.until<SellerState>(
    ({ rows }) => rows.some((row) => row.id === id && row.status === "offered"),
    open,
  );
  say("A quote over $100.00 went out, with a private link; HighLevel has the contact, the opportunity and the estimate.");
  const customer = await openPerson(url, path);
  const [, , , quote = "", signature = ""] = path.split("/");
  await customer.send("/q/accept", { quote, signature });
  const due = await customer.until<CustomerState>(({ stage }) => stage === "due");
  say(`The customer accepted it: ${due.title}, ${due.due} due, ${due.deposit} of it as a deposit.`);
  for (const amount of ["40.00", "60.00"]) {
    const started = await customer.send<Record<string, unknown>>("/q/pay", { quote, signature, amount });
    const charge = { transactionId: started["attempt"], card: "4242424242424242", ...started };
    const location = path.split("/")[2];
    const headers = { "content-type": "application/json" };
    await fetch(`${url}/provider/${location}/charges`, { method: "POST", headers, body: JSON.stringify(charge) });
    const { standing } = await customer.send<{ readonly standing: string }>("/q/check", { quote, signature, attempt: started["attempt"] });
    say(`The customer paid ${amount} with a test card: ${standing}.`);
  }
  const paid = await customer.until<CustomerState>(({ stage }) => stage === "paid");
  say(`Paid in full: ${paid.paid}, transactions ${paid.payments.map((payment) => payment.id).join(", ")}. The opportunity is won.`);
};
