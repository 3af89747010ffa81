import { Form, Shell, formatTime, startPage, thePage, type LiveEvent } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { CustomerState } from "../view.ts";
import { PaymentList, TestMode } from "./parts.tsx";
import { PaymentFrame, payment, startFrame, type Started } from "./payment.tsx";
import "./payments.css";

const [, , , quote = "", signature = ""] = location.pathname.split("/");
const proof = { quote, signature };

function CustomerPage(): VNode {
  const state = thePage<CustomerState>().state.value;
  const { stage, title, person, total, due, paid, paidPercent, payments } = state;
  if (stage === "invalid")
    return (
      <Shell title="Quote" actions={<TestMode />}>
        <p class="card">This link is not valid. Ask for a new one.</p>
      </Shell>
    );
  const isBilled = ["due", "processing", "paid", "void"].includes(stage);
  return (
    <Shell title={title} actions={<TestMode />}>
      <section class="card sheet" aria-label={title}>
        <p class="soft">For {person}</p>
        <Standing state={state} />
        {isBilled && stage !== "void" && (
          <progress max={100} value={paidPercent} aria-label={`Paid: ${paid} of ${total}`}>
            {paidPercent} %
          </progress>
        )}
        <Lines state={state} />
        {stage === "offered" && (
          <Form
            name="accept"
            action="/q/accept"
            submit={`Accept for ${total}`}
            busy="Accepting …"
            extra={proof}
            onDone={() => void thePage().reload()}
          >
            {() => <p class="soft">Valid until {formatTime(state.validUntil, undefined, { dateStyle: "long" })}.</p>}
          </Form>
        )}
        {stage === "expired" && !state.isRenewalAsked && (
          <Form name="renew" action="/q/renew" submit="Ask for a new one" extra={proof} onDone={() => void thePage().reload()}>
            {() => null}
          </Form>
        )}
        {(stage === "due" || (stage === "processing" && payment.value.frame !== undefined)) && <Pay state={state} />}
        <PaymentList payments={payments} />
        {stage === "paid" && (
          <p class="actions">
            <strong>Receipt: {paid} paid.</strong>
            <button type="button" onClick={() => print()}>
              Print or save as PDF
            </button>
          </p>
        )}
        {isBilled && due !== total && stage === "due" && (
          <p class="soft">
            Partially paid: {paid} of {total}.
          </p>
        )}
      </section>
    </Shell>
  );
}

function Standing({ state: { stage, due, total, deposit, isRenewalAsked, validUntil } }: { state: CustomerState }): VNode {
  const until = formatTime(validUntil, undefined, { dateStyle: "long" });
  const texts: Readonly<Record<CustomerState["stage"], string>> = {
    invalid: "",
    making: "This quote is being made ready. It shows here in a moment.",
    offered: deposit === undefined ? total : `${total}, of which ${deposit} as a deposit`,
    expired: isRenewalAsked ? `It expired on ${until}. You have asked for a new one.` : `It expired on ${until}.`,
    accepting: "Accepted. The invoice is being made: it shows here in a moment.",
    due: due === total ? `${due} due` : `Partially paid: ${due} due of ${total}`,
    processing: "Your bank is checking the payment. Nothing is recorded yet; this page shows it when it is.",
    paid: "Paid in full. Thank you.",
    void: "This invoice was cancelled. There is nothing to pay.",
  };
  const line = useRef<HTMLParagraphElement>(null);
  const before = useRef(`${stage}${due}`);
  useEffect(() => {
    // The form that was used is gone: what came of it is read out, and the keyboard goes on from there.
    if (before.current !== `${stage}${due}` && document.activeElement === document.body) line.current?.focus();
    before.current = `${stage}${due}`;
  }, [stage, due]);
  return (
    <p class={`standing ${stage}`} role="status" tabIndex={-1} ref={line}>
      {texts[stage]}
    </p>
  );
}

function Lines({ state: { lines, sums, total } }: { state: CustomerState }): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col" class="num">
            Price
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, quantity, price }, at) => (
          <tr key={at}>
            <td>
              {quantity} × {name}
            </td>
            <td class="num">{price}</td>
          </tr>
        ))}
        {sums.map(([label, amount]) => (
          <tr key={label} class="soft">
            <td>{label}</td>
            <td class="num">{amount}</td>
          </tr>
        ))}
        <tr class="total">
          <td>Total</td>
          <td class="num">{total}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Pay({ state: { suggested, currency, due, deposit } }: { state: CustomerState }): VNode {
  const { text, isBad, frame } = payment.value;
  return (
    <>
      {text !== "" && (
        <p class={isBad ? "problem" : "said"} role={isBad ? "alert" : "status"} tabIndex={-1} ref={focusIfLost}>
          {text}
        </p>
      )}
      {frame !== undefined ? (
        <PaymentFrame />
      ) : (
        !payment.value.isChecking && (
          <Form<Started>
            key={due}
            name={`pay-${due}`}
            action="/q/pay"
            submit="Pay"
            busy="One moment …"
            extra={proof}
            initial={{ amount: suggested }}
            onDone={(started) => startFrame(started, proof)}
          >
            {(field) =>
              field({
                name: "amount",
                label: `Amount in ${currency}`,
                hint: `${deposit === undefined ? "" : `Deposit ${deposit}. `}At most ${due}.`,
              })
            }
          </Form>
        )
      )}
    </>
  );
}

/** The frame is gone, and the focus with it. */
function focusIfLost(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus();
}

startPage<CustomerState>(
  () => <CustomerPage />,
  (state, { type, data }: LiveEvent) => {
    if (type === "changed" && data === state.page) void thePage().reload();
    return state;
  },
);
