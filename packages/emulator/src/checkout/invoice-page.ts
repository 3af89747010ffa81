import { html, raw } from "hono/html";
import { exact } from "../commerce/amounts.ts";
import { renderPage, type Markup } from "../http/page.ts";
import { putFields, recordsIn } from "../resources/record-store.ts";
import { invoiceTotals } from "../services/invoices/invoice-totals.ts";
import { todayIn } from "../services/invoices/late-fees.ts";
import { transactions } from "../services/payments/transactions.ts";
import type { Fields, ResourceRecord } from "../state/resource-record.ts";
import type { World } from "../world.ts";
import { checkoutScript } from "./checkout-script.ts";
import { providerOf } from "./payment-provider.ts";
import { dueOf, payable, whyNotPayable } from "./settle-payment.ts";

/** The hosted page of an invoice: what is billed, what is due, and how to pay it. Looking at it is noted. @throws BoundsError when there is none */
export function invoicePage(world: World, invoiceId: string): Promise<Response> {
  const invoice = payable(world, "invoice", invoiceId);
  const { fields } = putFields(world, invoice, { lastVisitedAt: new Date(world.clock.now()).toISOString() });
  const nonce = world.ids.object();
  const title = `${String(fields["title"] ?? "INVOICE")} ${String(fields["invoiceNumber"] ?? "")}`;
  const business = (fields["businessDetails"] ?? {}) as Fields;
  const contact = (fields["contactDetails"] ?? {}) as Fields;
  const body = html`${fields["liveMode"] === false ? html`<p class="test-mode"><strong>Test mode:</strong> no money moves.</p>` : ""}
    <h1>${title}</h1>
    <p class="soft">${String(business["name"] ?? "")} to ${String(contact["name"] ?? "")}</p>
    ${standing(world, invoice)} ${lines(fields)} ${sums(world, fields)} ${checkout(world, invoice, nonce)} ${payments(world, invoice)}`;
  return renderPage({ title, body, scriptNonce: nonce, connects: true });
}

/** How it stands, in one sentence. */
function standing(world: World, invoice: ResourceRecord): Markup {
  const { fields } = invoice;
  const why = whyNotPayable(invoice);
  if (why !== undefined) return html`<p class="problem" role="status">${why}</p>`;
  const due = dueOf(world, invoice);
  if (due.eq(0)) return html`<p class="paid" role="status">Paid in full. Thank you.</p>`;
  if (fields["status"] === "payment_processing") return html`<p role="status">A payment is on its way.</p>`;
  const day = typeof fields["dueDate"] === "string" ? fields["dueDate"].slice(0, 10) : undefined;
  // Overdue is nothing that the API knows: it is counted in the location's time zone.
  const isOverdue = day !== undefined && day < todayIn(world.state, invoice.locationId ?? "", world.clock.now());
  const until = day === undefined ? "" : `, ${isOverdue ? "overdue since" : "by"} ${shownDay(day)}`;
  return html`<p class="due" role="status"><strong>${amount(due.toNumber(), fields)} due</strong>${until}</p>`;
}

function lines(fields: Fields): Markup {
  const items = (fields["invoiceItems"] ?? []) as readonly Fields[];
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Item</th>
        <th scope="col" class="num">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${items.map((item) => {
        const { qty = 1 } = item;
        const whole = exact(qty).times(exact(item["amount"]));
        return html`<tr>
          <td class="long">${String(item["name"] ?? "")}<br /><span class="soft">${String(qty)} × ${amount(item["amount"], fields)}</span></td>
          <td class="num">${amount(whole.toNumber(), fields)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function sums({ options }: World, fields: Fields): Markup {
  const { invoiceItems, discount, currency } = fields;
  const totals = invoiceTotals({ items: invoiceItems, discount, currency }, options.commerce);
  const row = (name: string, value: unknown, isShown = true): Markup | "" =>
    isShown ? html`<div><dt>${name}</dt><dd class="num">${amount(value, fields)}</dd></div>` : "";
  return html`<dl class="sums">
    ${row("Subtotal", totals.subTotal)} ${row("Discount", -totals.discount, totals.discount > 0)} ${row("Tax", totals.tax, totals.tax > 0)}
    ${row("Late fees", fields["lateFees"], fields["lateFees"] !== undefined)} ${row("Total", fields["total"])}
    ${row("of which tax", totals.includedTax, totals.includedTax > 0)} ${row("Paid", fields["amountPaid"], Number(fields["amountPaid"]) > 0)}
    ${row("Due", fields["amountDue"])}
  </dl>`;
}

function checkout(world: World, invoice: ResourceRecord, nonce: string): Markup | "" {
  const due = dueOf(world, invoice);
  if (whyNotPayable(invoice) !== undefined || due.eq(0) || invoice.fields["status"] === "payment_processing") return "";
  const provider = providerOf(world, invoice);
  const data = { invoiceId: invoice.recordId, hasProvider: provider !== undefined, accepts: world.options.commerce.providerMessages };
  const via =
    provider === undefined
      ? "The location takes cards; the emulator settles the payment at once."
      : `Payments go through ${provider.name}.`;
  return html`<form id="pay">
      <label class="field"><span>Amount in ${String(invoice.fields["currency"])}</span>
        <input type="text" inputmode="decimal" name="amount" value="${due.toFixed()}" required autocomplete="off" /></label>
      <p class="soft">${via}</p>
      <div id="methods"></div>
      <div class="actions"><button class="main" type="submit">Pay</button></div>
    </form>
    <p id="said" role="status" aria-live="polite"></p>
    <div id="frame"></div>
    <script type="application/json" id="data">${raw(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>
    <script nonce="${nonce}">${raw(checkoutScript)}</script>`;
}

function payments({ state }: World, invoice: ResourceRecord): Markup | "" {
  const own = recordsIn(state, { resource: transactions, tenant: invoice.locationId ?? invoice.companyId, parents: [] }).filter(
    ({ fields }) => fields["entityId"] === invoice.recordId,
  );
  if (own.length === 0) return "";
  return html`<h2>Payments</h2>
    <ul class="payments">
      ${own.map(
        ({ recordId, createdAt, fields }) =>
          html`<li><span>${shownDay(createdAt)} · ${String(fields["status"])}<br /><code>${recordId}</code></span><span class="num">${amount(fields["amount"], fields)}</span></li>`,
      )}
    </ul>`;
}

/** `8 Jan 2026`, in one line. */
function shownDay(time: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(time));
  return day.replaceAll(" ", "\u00a0");
}

function amount(value: unknown, { currency }: Fields): string {
  const code = String(currency ?? "USD").toUpperCase();
  return new Intl.NumberFormat("en-US", { style: "currency", currency: /^[A-Z]{3}$/.test(code) ? code : "USD" }).format(Number(value ?? 0));
}
