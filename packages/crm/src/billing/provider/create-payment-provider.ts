import { checkNumber, detachedListener, isGhlError, untraced } from "@ghlkit/core";
import { providerHandlers } from "./provider-handlers.ts";
import type { PaymentProviderOptions, ProviderEvent } from "./provider-options.ts";
import { readQuestion, textOf } from "./wire-question.ts";

/** A payment provider of an app. */
export interface PaymentProvider {
  /**
   * Answers the platform at the `queryUrl`: verify, list, charge, refund, subscribe, cancel. A question without a known key gets 401. What a handler throws is answered with 500:
   * the platform keeps the payment pending.
   */
  readonly handle: (request: Request) => Promise<Response>;
}

/** Makes a custom payment provider. @throws GhlError `invalid_request` for times that are none */
export function createPaymentProvider(options: PaymentProviderOptions): PaymentProvider {
  const { keys, onEvent = () => {}, journal, clock, repeatMs = 60_000, trace = untraced } = options;
  checkNumber("createPaymentProvider", "repeatMs", repeatMs);
  const kept = { journal, clock, repeatMs };
  const emit = detachedListener(onEvent);
  return {
    async handle(request) {
      const { wire, ...refusal } = await readQuestion(request);
      if (wire === undefined) return "status" in refusal ? answer(refusal.status, refusal) : answer(400, refusal);
      const type = textOf(wire, "type");
      const key = await keys(textOf(wire, "apiKey"));
      if (key === undefined) {
        emit({ kind: "unknown_key", type });
        return answer(401, { success: false, message: "The apiKey is not known." });
      }
      const work = Object.hasOwn(providerHandlers, type) ? providerHandlers[type] : undefined;
      if (work === undefined) return answer(400, { success: false, message: `There is no question ${JSON.stringify(type)}.` });
      return carryOut(type, () => trace(() => work({ wire, key, options, kept, emit }), { name: `payment.${type}` }), emit);
    },
  };
}

async function carryOut(type: string, work: () => Promise<object>, emit: (event: ProviderEvent) => void): Promise<Response> {
  try {
    return answer(200, await work());
  } catch (error) {
    // Another process is at it: pending.
    if (isGhlError(error, "in_progress")) return answer(200, { success: false, message: "In progress." });
    emit({ kind: "failed", type, error });
    return answer(500, { success: false, message: "The provider failed." });
  }
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}
