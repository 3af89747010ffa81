import type { Delivery, DeliveryAttempt, DeliveryFilter, DeliveryState } from "./delivery.ts";

/** What is known of a delivery before it has been tried. */
export interface NewDelivery extends Omit<Delivery, "id" | "state" | "createdAt" | "nextAttemptAt" | "attempts" | "duplicateOf"> {
  readonly duplicateOf?: string;
}

/** A delivery as its dispatcher keeps it. */
export interface DeliveryEntry {
  readonly id: string;
  readonly what: NewDelivery;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly createdAtMs: number;
  /** Signed when first needed, and the same for every attempt. */
  headers: Readonly<Record<string, string>> | undefined;
  state: DeliveryState;
  attempts: DeliveryAttempt[];
  firstAttemptMs: number | undefined;
  nextAttemptMs: number | undefined;
  cancelNext: (() => void) | undefined;
  /** A reset has come in between. */
  isForgotten: boolean;
}

/** A delivery as outsiders see it. */
export function deliveryOf({ id, what, state, createdAtMs, nextAttemptMs, attempts }: DeliveryEntry): Delivery {
  return {
    id,
    ...what,
    state,
    createdAt: new Date(createdAtMs).toISOString(),
    ...(nextAttemptMs !== undefined && { nextAttemptAt: new Date(nextAttemptMs).toISOString() }),
    attempts: [...attempts],
  };
}

/** The deliveries that a filter lets through. */
export function filterEntries(entries: Iterable<DeliveryEntry>, filter: DeliveryFilter): readonly DeliveryEntry[] {
  const { type, state, locationId, url, limit } = filter;
  const found = [...entries].filter(
    (entry) =>
      (type === undefined || entry.what.type === type) &&
      (state === undefined || entry.state === state) &&
      (locationId === undefined || entry.what.locationId === locationId) &&
      (url === undefined || entry.what.url === url),
  );
  return limit === undefined ? found : found.slice(Math.max(0, found.length - limit));
}

export function newEntry(id: string, what: NewDelivery, createdAtMs: number): DeliveryEntry {
  return {
    id,
    what,
    bytes: new TextEncoder().encode(what.body),
    createdAtMs,
    headers: undefined,
    state: "waiting",
    attempts: [],
    firstAttemptMs: undefined,
    nextAttemptMs: undefined,
    cancelNext: undefined,
    isForgotten: false,
  };
}
