import { postToPlatform, readPlatformMessage, type PaymentInitiateProps } from "@ghlkit/crm/billing";
import { signal } from "@preact/signals";
import { render, type VNode } from "preact";
import { testCards } from "../test-cards.ts";
import "@ghlkit/app-kit/base.css";
import "./payments.css";

const asked = signal<PaymentInitiateProps | undefined>(undefined);
const isBusy = signal(false);
const card = signal(Object.keys(testCards)[0] ?? "");

/** The provider's page: in the frame of the platform's invoice page, and in that of the customer's page here. */
function FramePage(): VNode {
  const props = asked.value;
  if (props === undefined) return <p role="status">Connecting …</p>;
  const amount = new Intl.NumberFormat("en-US", { style: "currency", currency: props.currency }).format(props.amount);
  return (
    <form
      class="pay"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy.value) void pay(props);
      }}
    >
      <p>
        <strong class="badge warn test">TEST MODE</strong> No money moves.
      </p>
      <p class="field">
        <label for="card">Test card</label>
        <select id="card" value={card.value} onChange={({ currentTarget }) => (card.value = currentTarget.value)}>
          {Object.entries(testCards).map(([number, { label }]) => (
            <option value={number} key={number}>
              {label}
            </option>
          ))}
        </select>
      </p>
      <p class="actions">
        <button type="submit" class="main" aria-disabled={isBusy.value}>
          {isBusy.value ? "Paying …" : `Pay ${amount}`}
        </button>
        <button type="button" onClick={() => postToPlatform({ type: "custom_element_close_response" }, parent)}>
          Cancel
        </button>
      </p>
    </form>
  );
}

async function pay({ transactionId, amount, currency, publishableKey, locationId }: PaymentInitiateProps): Promise<void> {
  isBusy.value = true;
  try {
    const answer = await fetch(`/provider/${locationId}/charges`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ transactionId, amount, currency, publishableKey, card: card.value }),
    });
    const {
      chargeId = "",
      status,
      message = "",
    } = (await answer.json()) as Readonly<Record<"chargeId" | "status" | "message", string | undefined>>;
    if (answer.ok && status !== "failed") return postToPlatform({ type: "custom_element_success_response", chargeId }, parent);
    postToPlatform({ type: "custom_element_error_response", error: { description: message || "The card was declined." } }, parent);
  } catch {
    postToPlatform({ type: "custom_element_error_response", error: { description: "The payment service does not answer." } }, parent);
  } finally {
    isBusy.value = false;
  }
}

const ready = setInterval(() => postToPlatform({ type: "custom_provider_ready", loaded: true }, parent), 200);
addEventListener("message", ({ source, data }: MessageEvent) => {
  const message = source === parent ? readPlatformMessage(data) : undefined;
  if (message?.type !== "payment_initiate_props") return;
  clearInterval(ready);
  asked.value = message;
});
const root = document.querySelector("#page");
if (root !== null)
  render(
    <main>
      <h1 class="hidden">Pay by card</h1>
      <FramePage />
    </main>,
    root,
  );
