import type { StoredDelivery } from "@ghlkit/storage";
import { isoTime } from "../printable.ts";

/** A delivery as `--json` prints it, without its body. */
export function deliveryJson(delivery: StoredDelivery): Record<string, unknown> {
  const { body, occurredAt, receivedAt, finishedAt, ...rest } = delivery;
  return {
    ...rest,
    occurredAt: isoTime(occurredAt),
    receivedAt: isoTime(receivedAt),
    ...(finishedAt !== undefined && { finishedAt: isoTime(finishedAt) }),
    bodyBytes: body.length,
  };
}

/** The body of a delivery; `undefined` once retention has let it go. */
export function bodyJson({ body }: StoredDelivery): unknown {
  // Nothing gets into the inbox that is no JSON object.
  return body.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(body));
}
