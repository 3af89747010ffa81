import { formatTime, offsetName } from "@ghlkit/app-kit/client";
import type { VNode } from "preact";
import type { PaymentLine } from "../view.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function TestMode(): VNode {
  return <strong class="badge warn test">TEST MODE</strong>;
}

/** Payments with their transaction, and their time in the reader's zone. */
export function PaymentList({ payments }: { payments: readonly PaymentLine[] }): VNode | null {
  if (payments.length === 0) return null;
  return (
    <>
      <h2>Payments</h2>
      <ul class="payments">
        {payments.map(({ id, amount, status, at }) => (
          <li key={id}>
            <strong class="num">{amount}</strong> <span class={`badge ${colour(status)}`}>{status}</span>{" "}
            <time dateTime={new Date(at).toISOString()}>
              {formatTime(at, zone, { dateStyle: "medium", timeStyle: "short" })} {zone} ({offsetName(at, zone)})
            </time>
            <br />
            <small class="soft">Transaction {id}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

export function colour(status: string): string {
  if (["paid", "succeeded", "accepted"].includes(status)) return "good";
  if (["void", "failed", "expired"].includes(status)) return "bad";
  return ["partially paid", "pending", "renewal asked", "waiting", "payment processing"].includes(status) ? "warn" : "";
}
