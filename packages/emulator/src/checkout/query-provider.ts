import { readBytes } from "../bounds/read-bytes.ts";
import type { Fields } from "../state/resource-record.ts";
import type { World } from "../world.ts";
import type { PaymentProvider } from "./payment-provider.ts";

const mostBytes = 1024 * 1024;

/**
 * Asks the provider's `queryUrl`. `undefined` for no answer in time, for another status than 2xx and for what is no JSON: whether the platform asks again then is not
 * known, so the payment stays as it is.
 */
export async function queryProvider({ options, clock }: World, { queryUrl, apiKey }: PaymentProvider, question: Fields): Promise<unknown> {
  const { deliver, timeoutMs } = options.webhooks;
  const ended = new AbortController();
  const late = Promise.withResolvers<undefined>();
  const cancel = clock.at(clock.now() + timeoutMs, () => {
    ended.abort();
    late.resolve(undefined);
  });
  try {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ ...question, apiKey });
    const request = new Request(queryUrl, { method: "POST", headers, body, redirect: "manual", signal: ended.signal });
    return await Promise.race([answerOf(deliver, request), late.promise]);
  } catch {
    // Not reached, hung up, or not JSON: the same for the platform.
    return undefined;
  } finally {
    cancel();
  }
}

async function answerOf(deliver: World["options"]["webhooks"]["deliver"], request: Request): Promise<unknown> {
  const response = await deliver(request);
  if (!response.ok) return undefined;
  return JSON.parse(new TextDecoder().decode(await readBytes(response, mostBytes))) as unknown;
}
