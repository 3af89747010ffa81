import { newKey, send, thePage } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PaymentStanding } from "../handlers/pay.ts";

/** A payment that the server began. */
export interface Started {
  readonly attempt: string;
  readonly amount: number;
  readonly currency: string;
  readonly publishableKey: string;
}

interface Shown {
  readonly text: string;
  readonly isBad: boolean;
  readonly isChecking: boolean;
  readonly frame: Started | undefined;
}

const idle: Shown = { text: "", isBad: false, isChecking: false, frame: undefined };
let proof: object = {};

/** What the page says of the payment that is under way. What the frame reports decides nothing: the server asks the gateway. */
export const payment = signal<Shown>(idle);

export function startFrame(started: Started, given: object): void {
  proof = given;
  payment.value = { ...idle, frame: started };
}

export function PaymentFrame(): VNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const started = payment.value.frame;
  useEffect(() => {
    const listen = ({ source, origin, data }: MessageEvent): void => {
      if (source !== frame.current?.contentWindow || started === undefined) return;
      const message = JSON.parse(String(data)) as { readonly type: string; readonly error?: { readonly description: string } };
      if (message.type === "custom_provider_ready") frame.current?.contentWindow?.postMessage(JSON.stringify(propsOf(started)), origin);
      if (message.type === "custom_element_success_response") void check(started.attempt);
      if (message.type === "custom_element_error_response")
        payment.value = { ...idle, isBad: true, text: `${message.error?.description ?? "The payment was declined."} Nothing was paid.` };
      if (message.type === "custom_element_close_response") payment.value = { ...idle, text: "The payment was closed. Nothing was paid." };
    };
    addEventListener("message", listen);
    frame.current?.focus();
    return () => removeEventListener("message", listen);
  }, [started]);
  return <iframe ref={frame} title="Payment" class="frame" src={`/pay-frame/${locationId()}`} />;
}

/** As the platform's own invoice page words it. */
function propsOf({ attempt, amount, currency, publishableKey }: Started): object {
  return {
    type: "payment_initiate_props",
    transactionId: attempt,
    amount,
    currency,
    publishableKey,
    mode: "payment",
    locationId: locationId(),
  };
}

const texts: Readonly<Record<PaymentStanding, string>> = {
  checking: "Checking the payment …",
  pending: "Your bank is checking the payment. Nothing is recorded yet; this page shows it when it is.",
  declined: "The payment was declined. Nothing was paid.",
  paid: "",
  refunded: "It was paid on another device meanwhile: this payment was returned.",
  flagged: "This payment could not be confirmed. We are looking at it.",
};

async function check(attempt: string): Promise<void> {
  const say = (standing: PaymentStanding, isChecking: boolean): void => {
    payment.value = { ...idle, text: texts[standing], isChecking, isBad: standing === "declined" || standing === "flagged" };
  };
  say("checking", true);
  for (;;) {
    const answer = await send<{ readonly standing: PaymentStanding }>("/q/check", { ...proof, attempt }, newKey());
    if (answer.ok && answer.standing !== "checking" && answer.standing !== "pending") {
      await thePage().reload();
      return say(answer.standing, false);
    }
    if (answer.ok) say(answer.standing, true);
    else if (!answer.retry) return void (payment.value = { ...idle, text: answer.message, isBad: true });
    await new Promise((resolve) => setTimeout(resolve, 4000));
  }
}

function locationId(): string {
  return location.pathname.split("/")[2] ?? "";
}
