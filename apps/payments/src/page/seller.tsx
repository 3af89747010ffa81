import { Empty, Form, Shell, notify, startPage, thePage, type LiveEvent, type Values } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { DocumentRow, OpenInvoice, SellerState } from "../view.ts";
import { PaymentList, TestMode, colour } from "./parts.tsx";
import "./payments.css";

const isCreating = signal(false);
const lineCount = signal(1);
const currencies = ["USD", "EUR", "GBP", "JPY"].map((value) => ({ value, label: value }));

function SellerPage(): VNode {
  const { rows, open, flags } = thePage<SellerState>().state.value;
  const actions = (
    <>
      <TestMode />
      <button type="button" class="main" aria-expanded={isCreating.value} onClick={() => (isCreating.value = !isCreating.value)}>
        + Quote
      </button>
    </>
  );
  const selected = new URL(location.href).searchParams.get("id");
  return (
    <Shell title="Payments" actions={actions}>
      {flags.map(({ id, text, at }) => (
        <p class="problem" role="alert" key={id}>
          {text} <small>{new Date(at).toLocaleString("en-GB")}</small>
        </p>
      ))}
      {isCreating.value && <QuoteForm />}
      <div class="desk">
        {rows.length === 0 ? <Empty>No quote and no invoice yet. Make the first quote.</Empty> : <Board rows={rows} selected={selected} />}
        {selected !== null && <Detail open={open} row={rows.find(({ id }) => id === selected)} />}
      </div>
    </Shell>
  );
}

function Board({ rows, selected }: { rows: readonly DocumentRow[]; selected: string | null }): VNode {
  return (
    <ul class="rows" aria-label="Quotes and invoices">
      {rows.map(({ id, number, person, status, total, due }) => (
        <li key={id} class="card">
          <a class="button" href={`/?id=${encodeURIComponent(id)}`} aria-current={id === selected ? "true" : undefined}>
            {number}
          </a>
          <span>{person}</span>
          <span class={`badge ${colour(status)}`}>{status}</span>
          <span class="num">{due === total || ["paid", "void"].includes(status) ? total : `${due} due of ${total}`}</span>
        </li>
      ))}
    </ul>
  );
}

function QuoteForm(): VNode {
  return (
    <section class="card" aria-label="New quote">
      <h2>New quote</h2>
      <Form<{ readonly id: string }>
        name="quote"
        action="/quotes"
        submit="Send quote"
        initial={{ currency: "USD", days: "14", quantity1: "1" }}
        onRefused={({ retry }) => retry && void thePage().reload()}
        // The form stays until the page is another one: a second click meets nothing else in its place.
        onDone={({ id }) => location.assign(`/?id=${id}`)}
      >
        {(field, typed) => (
          <>
            <div class="pair">
              {field({ name: "name", label: "Customer" })}
              {field({ name: "email", label: "E-mail", type: "email" })}
            </div>
            {Array.from({ length: lineCountOf(typed) }, (_, at) => at + 1).map((at) => (
              <div class="line" key={at}>
                {field({ name: `line${at}`, label: `Item ${at}` })}
                {field({ name: `quantity${at}`, label: "Quantity" })}
                {field({ name: `price${at}`, label: "Price" })}
              </div>
            ))}
            {lineCountOf(typed) < 4 && (
              <button type="button" onClick={() => (lineCount.value = lineCountOf(typed) + 1)}>
                Add item
              </button>
            )}
            <div class="line">
              {field({ name: "currency", label: "Currency", options: currencies })}
              {field({ name: "tax", label: "Tax in %" })}
              {field({ name: "discount", label: "Discount in %" })}
              {field({ name: "deposit", label: "Deposit" })}
              {field({ name: "days", label: "Valid for days" })}
            </div>
          </>
        )}
      </Form>
    </section>
  );
}

/** How many lines the form has: what was typed before a reload is shown again, because it is sent. */
function lineCountOf(typed: Values): number {
  const last = [4, 3, 2].find((at) => typed[`line${at}`] || typed[`price${at}`]) ?? 1;
  return Math.max(lineCount.value, last);
}

function Detail({ open, row }: { open: OpenInvoice | undefined; row: DocumentRow | undefined }): VNode {
  const { link, now } = thePage<SellerState>().state.value;
  if (row === undefined) return <Empty>There is no such quote or invoice.</Empty>;
  const address = link && new URL(link, location.href).href;
  return (
    <section class="card detail" aria-label={row.number}>
      <h2>
        {row.number} · {row.person} <span class={`badge ${colour(row.status)}`}>{row.status}</span>
      </h2>
      <Progress row={row} />
      <p>
        Total <strong class="num">{row.total}</strong>, due <strong class="num">{row.due}</strong>
      </p>
      {address !== undefined && (
        <p class="actions">
          <a class="button" href={address} target="_blank" rel="noreferrer">
            Customer's page
          </a>
          <button type="button" onClick={() => void copy(address)}>
            Copy link
          </button>
        </p>
      )}
      {["expired", "renewal asked"].includes(row.status) && (
        <Form
          name={`renew-${row.id}-${Math.floor(now / 86_400_000)}`}
          action="/quotes/renew"
          submit="Renew for 14 days"
          extra={{ id: row.id }}
          onDone={seen("The quote is valid again.")}
        >
          {() => null}
        </Form>
      )}
      {open !== undefined && <PaymentList payments={open.payments} />}
      {open?.isEditable === true && <EditForm key={open.id} invoice={open} />}
      {open?.isEditable === true && (
        <div class="danger">
          <Form
            name={`void-${open.id}`}
            action="/invoices/void"
            submit="Void invoice"
            extra={{ id: open.id }}
            onDone={seen("The invoice is void.")}
          >
            {() => null}
          </Form>
        </div>
      )}
    </section>
  );
}

/** The way of a quote, as far as it has come. */
function Progress({ row: { kind, status, total, due } }: { row: DocumentRow }): VNode {
  const isBilled = kind === "invoice";
  const steps = [
    ["Quote", isBilled || status === "accepted"],
    ["Sent", isBilled && status !== "draft"],
    [status === "partially paid" ? `${due} due of ${total}` : "Paid", status === "paid"],
    ["Receipt", status === "paid"],
  ] as const;
  return (
    <ol class="way" aria-label="Progress">
      {steps.map(([label, isDone]) => (
        <li key={label} class={isDone ? "done" : ""}>
          {label}
          <span class="hidden">{isDone ? " done" : ""}</span>
        </li>
      ))}
    </ol>
  );
}

function EditForm({ invoice }: { invoice: OpenInvoice }): VNode {
  const initial: Record<string, string> = {};
  invoice.lines.forEach(({ name, quantity, price }, at) =>
    Object.assign(initial, { [`line${at}`]: name, [`quantity${at}`]: String(quantity), [`price${at}`]: price }),
  );
  return (
    <details>
      <summary>Edit items</summary>
      <Form
        name={`edit-${invoice.id}`}
        action="/invoices/edit"
        submit="Save items"
        initial={initial as Values}
        extra={{ id: invoice.id }}
        onDone={seen("The invoice was changed.")}
      >
        {(field) =>
          invoice.lines.map((_, at) => (
            <div class="line" key={at}>
              {field({ name: `line${at}`, label: `Item ${at + 1}` })}
              {field({ name: `quantity${at}`, label: "Quantity" })}
              {field({ name: `price${at}`, label: "Price" })}
            </div>
          ))
        }
      </Form>
    </details>
  );
}

const seen = (text: string) => (): void => {
  notify({ text, kind: "good" });
  void thePage().reload();
};

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text).then(
    () => notify({ text: "The link is in the clipboard.", kind: "good" }),
    () => notify({ text, kind: "bad" }),
  );
}

startPage<SellerState>(
  () => <SellerPage />,
  (state, { type }: LiveEvent) => {
    if (type === "changed") void thePage().reload();
    return state;
  },
);
